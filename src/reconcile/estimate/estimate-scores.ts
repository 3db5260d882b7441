import type { ScoreEvidence } from '../evidence/score-evidence.ts';
import type { Warnings } from '../tables/warnings.ts';
import { minLabelsToCalibrate } from './estimate-pairs.ts';
import { scoreEstimators } from './estimators.ts';
import { type FittedPosterior, fitPosterior } from './fit-posterior.ts';

export interface ScorePosterior extends ScoreEvidence {
  /** Log-odds that the candidate is good; labelled candidates held out. */
  readonly logits: Float64Array;
  readonly learned: FittedPosterior | null;
  readonly maxProbability: number;
}

const minLabelsToFit = 10;
const maxProbabilityWithoutLabels = 0.95;

/**
 * Posterior of candidates with a score of their own: the prior without labels; with labels rater weights and a base
 * rate, which contain every two-coin model (its log-odds are linear in the answers).
 */
export function estimateScores(gathered: ScoreEvidence, seed: number, warnings: Warnings): ScorePosterior {
  const { evidence, targets } = gathered;
  const learned =
    targets.length < minLabelsToFit ? null : fitPosterior(evidence, scoreEstimators, targets, seed);
  if (targets.length > 0 && targets.length < minLabelsToCalibrate) {
    warnings.add('few_labels', `${targets.length} labelled candidates`);
  }
  return {
    ...gathered,
    logits: learned?.logits ?? evidence.prior,
    learned,
    maxProbability: learned === null ? maxProbabilityWithoutLabels : 1 - 1 / (targets.length + 2),
  };
}
