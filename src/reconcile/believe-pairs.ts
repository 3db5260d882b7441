import { pairCandidates } from './candidates.ts';
import type { Evidence, Target } from './evidence.ts';
import { believeWithoutLabels, type LabelFreeBelief } from './label-free.ts';
import { type LabelReading, readLabels } from './label-targets.ts';
import { type LearnedBelief, learnBelief } from './learn-belief.ts';
import { pairEvidence } from './pair-evidence.ts';
import type { PairTable } from './pair-table.ts';
import type { Warnings } from './warnings.ts';

export interface PairBelief {
  /** Log-odds that x is better, by the raters that are not people; labelled pairs held out. */
  readonly logits: Float64Array;
  readonly free: LabelFreeBelief;
  readonly evidence: Evidence;
  readonly labels: LabelReading;
  readonly targets: readonly Target[];
  readonly learned: LearnedBelief | null;
  /** No probability goes beyond what so many labels can show. */
  readonly mostSure: number;
}

/** Labelled pairs from which on a probability may be called calibrated; below, labels still teach. */
export const fewestForCalibrated = 20;
const fewestToLearn = 5;
const mostSureWithoutLabels = 0.95;

export function believePairs(
  pairs: PairTable,
  options: { readonly seed: number; readonly lengthEffects: boolean },
  warnings: Warnings,
): PairBelief {
  const raters = pairs.raters.length;
  const free = believeWithoutLabels(pairs, raters);
  const evidence = pairEvidence(pairs, free, raters);
  const labels = readLabels(
    pairs.heads.map(({ item, labels: given }) => ({ name: item.id, labels: given })),
    pairs.raters,
    warnings,
  );
  const targets = labels.opinions.flatMap((opinion, unit) =>
    // a pair without a single opinion teaches nothing about raters
    opinion === null || evidence.start[unit] === evidence.start[unit + 1]
      ? []
      : [{ unit, outcome: opinion.outcome }],
  );
  const candidates = options.lengthEffects
    ? pairCandidates
    : pairCandidates.filter(({ groups }) => !groups.includes('length'));
  const learned =
    targets.length < fewestToLearn ? null : learnBelief(evidence, candidates, targets, options.seed);
  if (targets.length > 0 && targets.length < fewestForCalibrated) {
    warnings.add('few_labels', `${targets.length} labelled pairs`);
  }
  return {
    logits: learned?.logits ?? free.logits,
    free,
    evidence,
    labels,
    targets,
    learned,
    mostSure: learned === null ? mostSureWithoutLabels : 1 - 1 / (targets.length + 2),
  };
}
