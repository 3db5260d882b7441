import { fitLogistic } from '../regression/logistic-regression.ts';
import { sigmoid } from '../special/logistic.ts';
import { checkScored } from './proper-scores.ts';

/**
 * probability = 1 / (1 + exp(-(slope · score + intercept))). Platt's A is -slope, his B -intercept.
 * @example
 * const scaling: PlattScaling = { slope: 2, intercept: -1 };
 */
export interface PlattScaling {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Platt (1999) scaling with his smoothed targets (N+ + 1)/(N+ + 2) and 1/(N- + 2), so that a small or separable
 * sample stays finite. Monotone increasing when the score helps at all; `slope` may be negative when it misleads.
 * @example
 * fitPlatt([-2, -1, 0, 1, 2], [0, 0, 1, 0, 1]); // { slope: 0.4809, intercept: -0.3592 }
 */
export function fitPlatt(scores: ArrayLike<number>, outcomes: ArrayLike<number>): PlattScaling {
  checkScored(scores, outcomes);
  if (scores.length === 0) return { slope: 0, intercept: 0 };
  let positives = 0;
  for (let index = 0; index < outcomes.length; index += 1) positives += outcomes[index]!;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (outcomes.length - positives + 2);
  const targets = Array.from(outcomes, (outcome) => outcome * high + (1 - outcome) * low);
  const rows = Array.from(scores, (score) => [1, score]);
  const [intercept = 0, slope = 0] = fitLogistic(rows, targets).coefficients;
  return { slope, intercept };
}

/**
 * The calibrated probability of any score, under a fit of `fitPlatt` (Platt 1999).
 * @example
 * applyPlatt({ slope: 2, intercept: -1 }, 1); // 0.7311
 */
export function applyPlatt({ slope, intercept }: PlattScaling, score: number): number {
  return sigmoid(slope * score + intercept);
}
