import { type Estimate, type Interval, known, unknown } from '../estimate.ts';
import { normalQuantile } from '../special/normal.ts';

/**
 * Correct answers of a judge among units of known truth.
 * @example
 * const errors: JudgeErrors = { positives: 50, truePositives: 45, negatives: 50, trueNegatives: 40 };
 */
export interface JudgeErrors {
  readonly positives: number;
  readonly truePositives: number;
  readonly negatives: number;
  readonly trueNegatives: number;
}

/**
 * A share and its standard error; all in [0, 1].
 * @example
 * const errors = { positives: 50, truePositives: 45, negatives: 50, trueNegatives: 40 };
 * const fit: Estimate<CorrectedShare> = correctJudgeErrors(60, 100, errors);
 */
export interface CorrectedShare {
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly sensitivity: number;
  readonly specificity: number;
}

/**
 * The true share behind a judge's share (Rogan & Gladen 1978): (p + specificity - 1) / (sensitivity + specificity - 1),
 * kept in [0, 1]. The variance adds those of the judged sample and of both calibration shares by the delta method,
 * p(1-p)/n + (1-θ)² sp(1-sp)/m0 + θ² se(1-se)/m1 over (se + sp - 1)² (Lang & Reiczigel 2014), each share with their
 * pseudo-counts (z²/2 for p, 1 for the others), so that a judge without a mistake in calibration is not taken as perfect.
 * Undefined when a class is missing in the calibration sample or the judge does no better than chance on it.
 * @example
 * const errors = { positives: 50, truePositives: 45, negatives: 50, trueNegatives: 40 };
 * correctJudgeErrors(60, 100, errors);
 * // { estimate: 0.5714, standardError: 0.08878, interval: { low: 0.4259, high: 0.7179 }, …
 */
export function correctJudgeErrors(
  judgedPositive: number,
  judged: number,
  errors: JudgeErrors,
  alpha = 0.1,
): Estimate<CorrectedShare> {
  const { positives, truePositives, negatives, trueNegatives } = errors;
  if (judged <= 0) return unknown('nothing was judged');
  if (positives === 0 || negatives === 0)
    return unknown('the calibration sample lacks one of the two classes');
  const sensitivity = truePositives / positives;
  const specificity = trueNegatives / negatives;
  if (sensitivity + specificity <= 1)
    return unknown('the judge is no better than chance on the calibration sample');
  const estimate = rogan(judgedPositive / judged, sensitivity, specificity);

  const z = normalQuantile(1 - alpha / 2);
  const size = judged + z * z;
  const p = (judgedPositive + (z * z) / 2) / size;
  const se = (truePositives + 1) / (positives + 2);
  const sp = (trueNegatives + 1) / (negatives + 2);
  if (se + sp <= 1)
    return unknown('the calibration sample is too small to distinguish the judge from chance');
  const centre = rogan(p, se, sp);
  const variance =
    (p * (1 - p)) / size +
    ((1 - centre) ** 2 * sp * (1 - sp)) / (negatives + 2) +
    (centre ** 2 * se * (1 - se)) / (positives + 2);
  const standardError = Math.sqrt(variance) / (se + sp - 1);
  // Lang & Reiczigel move the centre, since the pseudo-counts of se and sp pull it
  const shift =
    2 *
    z *
    z *
    ((centre * se * (1 - se)) / (positives + 2) - ((1 - centre) * sp * (1 - sp)) / (negatives + 2));
  const middle = centre + shift;
  const interval = {
    low: Math.min(estimate, Math.max(0, middle - z * standardError)),
    high: Math.max(estimate, Math.min(1, middle + z * standardError)),
  };
  return known({ estimate, standardError, interval, sensitivity, specificity });
}

function rogan(p: number, sensitivity: number, specificity: number): number {
  return Math.min(1, Math.max(0, (p + specificity - 1) / (sensitivity + specificity - 1)));
}
