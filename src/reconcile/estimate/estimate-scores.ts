import { fitDawidSkene } from '../../stats/rater-models/dawid-skene.ts';
import { logit } from '../../stats/special/logistic.ts';
import { scoreCandidates } from '../evidence/candidates.ts';
import { type Evidence, EvidenceRows, type Target } from '../evidence/evidence.ts';
import { type LabelReading, readLabels } from '../evidence/label-targets.ts';
import type { PairTable } from '../tables/pair-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import { minLabelsToCalibrate } from './estimate-pairs.ts';
import { type FittedPosterior, fitPosterior } from './fit-posterior.ts';

export interface ScorePosterior {
  /** Log-odds that the candidate is good; labelled ones held out. */
  readonly logits: Float64Array;
  readonly targets: readonly Target[];
  readonly labels: LabelReading;
  readonly learned: FittedPosterior | null;
  readonly maxProbability: number;
}

/** Raters are not independent: of what the two-coin model is sure of, this much is kept without labels. */
const temper = 1 / 3;
const mostDetails = 1200;
const minLabelsToFit = 10;

/**
 * Belief in candidates that stand by themselves. Without labels: the two-coin model of Dawid & Skene (1979), since a
 * rater that calls everything correct is informative only when it does not; tempered. With labels: rater weights with a base
 * rate, which holds every two-coin model (its log-odds are linear in the answers).
 */
export function estimateScores(units: PairTable, seed: number, warnings: Warnings): ScorePosterior {
  const prior = twoCoinLogits(units);
  const evidence = scoreEvidence(units, prior);
  const labels = readLabels(
    units.heads.map(({ item, x, labels: given }) => ({ name: `${item.id} ${x}`, labels: given })),
    units.raters,
    warnings,
  );
  const targets = labels.opinions.flatMap((opinion, unit) =>
    opinion === null || evidence.start[unit] === evidence.start[unit + 1]
      ? []
      : [{ unit, outcome: opinion.outcome }],
  );
  const learned =
    targets.length < minLabelsToFit ? null : fitPosterior(evidence, scoreCandidates, targets, seed);
  if (targets.length > 0 && targets.length < minLabelsToCalibrate) {
    warnings.add('few_labels', `${targets.length} labelled candidates`);
  }
  return {
    logits: learned?.logits ?? prior,
    targets,
    labels,
    learned,
    maxProbability: learned === null ? 0.95 : 1 - 1 / (targets.length + 2),
  };
}

function twoCoinLogits(units: PairTable): Float64Array {
  const task: number[] = [];
  const rater: number[] = [];
  const label: number[] = [];
  for (let unit = 0; unit < units.heads.length; unit += 1) {
    for (let k = units.start[unit]!; k < units.start[unit + 1]!; k += 1) {
      if (units.value[k] === 0) continue;
      task.push(unit);
      rater.push(units.rater[k]!);
      label.push(units.value[k]! > 0 ? 1 : 0);
    }
  }
  const { posterior } = fitDawidSkene(
    {
      taskCount: units.heads.length,
      raterCount: units.raters.length,
      labelCount: 2,
      task: Int32Array.from(task),
      rater: Int32Array.from(rater),
      label: Int32Array.from(label),
    },
    { smoothing: 1, maxIterations: 100 },
  );
  return Float64Array.from(units.heads, (_, unit) => temper * logit(posterior[2 * unit + 1]!));
}

function scoreEvidence(units: PairTable, prior: Float64Array): Evidence {
  const categories = units.heads.map(({ item }) => item.facts?.category ?? '');
  const several = new Set(categories).size > 1;
  const detailed = several && (new Set(categories).size + 1) * units.raters.length <= mostDetails;
  const rows = new EvidenceRows();
  for (let unit = 0; unit < units.heads.length; unit += 1) {
    const category = categories[unit]!;
    let sum = 0;
    let included = 0;
    for (let k = units.start[unit]!; k < units.start[unit + 1]!; k += 1) {
      const value = units.value[k]!;
      rows.add('rater', units.rater[k]!, null, value);
      if (detailed) rows.add('rater_by_category', units.rater[k]!, category, value);
      sum += value;
      included += 1;
    }
    rows.add('label_free', null, null, prior[unit]!);
    rows.add('consensus', null, null, included === 0 ? 0 : (3 * sum) / included);
    rows.add('base_rate', null, null, 1);
    if (several) rows.add('base_rate_by_category', null, category, 1);
    rows.endUnit();
  }
  return rows.finish(
    prior,
    units.heads.map(({ item }) => item.facts?.cluster ?? item.id),
  );
}
