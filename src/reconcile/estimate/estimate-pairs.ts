import { pairCandidates } from '../evidence/candidates.ts';
import { type Evidence, EvidenceRows, type Target } from '../evidence/evidence.ts';
import { estimateWithoutLabels, type LabelFreeEstimate } from '../evidence/label-free.ts';
import { type LabelReading, readLabels } from '../evidence/label-targets.ts';
import { pairEvidence } from '../evidence/pair-evidence.ts';
import type { PairTable } from '../tables/pair-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import { applyPosterior, type FittedPosterior, fitPosterior } from './fit-posterior.ts';
import { behaviours, warnOfDrift } from './rater-drift.ts';
import { type RaterModel, recallPosterior } from './rater-model.ts';

export interface PairPosterior {
  /** Log-odds that x is better, by the raters that are not people; labelled pairs held out. */
  readonly logits: Float64Array;
  readonly free: LabelFreeEstimate;
  readonly evidence: Evidence;
  readonly labels: LabelReading;
  readonly targets: readonly Target[];
  readonly learned: FittedPosterior | null;
  /** True where the belief comes from a stored model. */
  readonly recalled: boolean;
  /** Labelled pairs that the belief rests on, here or in the stored model. */
  readonly labelled: number;
  /** No probability goes beyond what so many labels can show. */
  readonly maxProbability: number;
}

/** Labelled pairs from which on a probability may be called calibrated; below, labels still teach. */
export const minLabelsToCalibrate = 20;
const minLabelsToFit = 5;
const mostSureWithoutLabels = 0.98;

export function estimatePairs(
  pairs: PairTable,
  options: { readonly seed: number; readonly lengthEffects: boolean; readonly model: RaterModel | null },
  warnings: Warnings,
): PairPosterior {
  const raters = pairs.raters.length;
  const free = estimateWithoutLabels(pairs, raters);
  const labels = readLabels(
    pairs.heads.map(({ item, labels: given }) => ({ name: item.id, labels: given })),
    pairs.raters,
    warnings,
  );
  const { model } = options;
  // without labels and without an earlier model nobody asks what else speaks for whom
  const learns = model !== null || pairs.heads.some((head) => head.labels.length > 0);
  const evidence = learns ? pairEvidence(pairs, free, raters) : new EvidenceRows().finish(free.logits, []);
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
    targets.length < minLabelsToFit ? null : fitPosterior(evidence, candidates, targets, options.seed);
  if (targets.length > 0 && targets.length < minLabelsToCalibrate) {
    warnings.add('few_labels', `${targets.length} labelled pairs`);
  }
  if (model !== null) warnOfDrift(model.raters, behaviours(pairs), warnings);
  // labels at hand are worth more than labels of another time
  const recalled =
    model === null || learned !== null
      ? null
      : applyPosterior(evidence, recallPosterior(model, evidence, pairs), model.prior_weight);
  const labelled = learned !== null ? targets.length : recalled !== null ? model!.labelled_pairs : 0;
  return {
    logits: learned?.logits ?? recalled ?? free.logits,
    labelled,
    recalled: recalled !== null,
    free,
    evidence,
    labels,
    targets,
    learned,
    maxProbability: labelled === 0 ? mostSureWithoutLabels : 1 - 1 / (labelled + 2),
  };
}
