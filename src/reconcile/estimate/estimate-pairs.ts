import type { PairEvidence } from '../evidence/pair-evidence.ts';
import type { PairTable } from '../tables/pair-table.ts';
import type { Warnings } from '../tables/warnings.ts';
import { pairEstimators } from './estimators.ts';
import { applyPosterior, type FittedPosterior, fitPosterior } from './fit-posterior.ts';
import { behaviours, warnOfDrift } from './rater-drift.ts';
import { type RaterModel, recallPosterior } from './rater-model.ts';

export interface PairPosterior extends PairEvidence {
  /** Log-odds that x is better, by the raters that are not human; labelled pairs held out. */
  readonly logits: Float64Array;
  readonly learned: FittedPosterior | null;
  /** True where the posterior comes from a stored model. */
  readonly recalled: boolean;
  /** Labelled pairs that the posterior was fitted on, here or in the stored model. */
  readonly labelled: number;
  /** No probability is reported beyond this: so few labels cannot support more. */
  readonly maxProbability: number;
}

/** Labelled pairs from which on a probability is called calibrated; fewer labels still improve the fit. */
export const minLabelsToCalibrate = 20;
const minLabelsToFit = 5;
const maxProbabilityWithoutLabels = 0.98;

export function estimatePairs(
  pairs: PairTable,
  gathered: PairEvidence,
  options: { readonly seed: number; readonly lengthEffects: boolean; readonly model: RaterModel | null },
  warnings: Warnings,
): PairPosterior {
  const { free, evidence, targets } = gathered;
  const { model } = options;
  const estimators = options.lengthEffects
    ? pairEstimators
    : pairEstimators.filter(({ groups }) => !groups.includes('length'));
  const learned =
    targets.length < minLabelsToFit ? null : fitPosterior(evidence, estimators, targets, options.seed);
  if (targets.length > 0 && targets.length < minLabelsToCalibrate) {
    warnings.add('few_labels', `${targets.length} labelled pairs`);
  }
  if (model !== null) warnOfDrift(model.raters, behaviours(pairs), warnings);
  // labels of these votes count for more than labels of earlier ones
  const recalled =
    model === null || learned !== null
      ? null
      : applyPosterior(evidence, recallPosterior(model, evidence, pairs), model.prior_weight);
  const labelled = learned !== null ? targets.length : recalled !== null ? model!.labelled_pairs : 0;
  return {
    ...gathered,
    logits: learned?.logits ?? recalled ?? free.logits,
    labelled,
    recalled: recalled !== null,
    learned,
    maxProbability: labelled === 0 ? maxProbabilityWithoutLabels : 1 - 1 / (labelled + 2),
  };
}
