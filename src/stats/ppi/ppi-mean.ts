import { covariance, mean, variance } from '../descriptive/moments.ts';
import { type Estimate, type Interval, known, unknown } from '../estimate.ts';
import { normalCdf, normalQuantile } from '../special/normal.ts';

/**
 * Two-sided error of the interval (0.1 by default), and the weight of the predictions.
 * @example
 * const options: PpiOptions = { alpha: 0.05, lambda: 'tuned' };
 */
export interface PpiOptions {
  readonly alpha?: number;
  /** Weight of the predictions: a number in [0, 1], or `tuned` for the least variance (PPI++). */
  readonly lambda?: number | 'tuned';
}

/**
 * A mean and its error, in the unit of the labels; `lambda` is the weight of the predictions.
 * @example
 * const fit: Estimate<PpiMean> = ppiMean([1, 0, 1], [1, 0, 0], [1, 1, 0, 1]);
 */
export interface PpiMean {
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly lambda: number;
}

/**
 * Prediction-powered mean (Angelopoulos et al. 2023; power-tuned PPI++: Angelopoulos, Duchi & Zrnic 2023).
 *
 * θ = λ mean(f_unlabelled) + mean(Y - λ f_labelled), variance λ² var(f_U)/N + var(Y - λ f_L)/n (ddof 0);
 * λ* = cov(Y, f_L) / ((1 + n/N) var(f pooled, ddof 1)), kept in [0, 1]. λ = 0 is the plain labelled mean.
 * For independent units; see `clusteredPpiMean` for clusters and for small samples. Undefined for fewer than two labels.
 * @example
 * ppiMean([1, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 1]);
 * // { estimate: 0.8083, standardError: 0.1956, lambda: 0.2333, interval: { low: 0.4867, high: 1.13 } }
 */
export function ppiMean(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  unlabelledPredictions: ArrayLike<number>,
  options: PpiOptions = {},
): Estimate<PpiMean> {
  const { alpha = 0.1, lambda = 'tuned' } = options;
  if (labels.length !== predictions.length)
    throw new RangeError(`${labels.length} labels with ${predictions.length} predictions`);
  if (labels.length < 2) return unknown('fewer than two labels');
  const n = labels.length;
  const size = unlabelledPredictions.length;
  const weight =
    size === 0 ? 0 : lambda === 'tuned' ? tunedLambda(labels, predictions, unlabelledPredictions) : lambda;
  const rectified = Float64Array.from(
    { length: n },
    (_, index) => labels[index]! - weight * predictions[index]!,
  );
  const estimate = mean(rectified) + (weight === 0 ? 0 : weight * mean(unlabelledPredictions));
  const spread =
    variance(rectified) / n + (weight === 0 ? 0 : (weight ** 2 * variance(unlabelledPredictions)) / size);
  const standardError = Math.sqrt(spread);
  const half = normalQuantile(1 - alpha / 2) * standardError;
  return known({
    estimate,
    standardError,
    lambda: weight,
    interval: { low: estimate - half, high: estimate + half },
  });
}

/**
 * Two-sided p-value of mean = `hypothesis`. 1 or 0 where the standard error is 0.
 * @example
 * const fit = ppiMean([1, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 1]);
 * if (fit.defined) console.log(ppiPValue(fit.value, 0.5));
 */
export function ppiPValue(fit: PpiMean, hypothesis: number): number {
  const distance = Math.abs(fit.estimate - hypothesis);
  if (fit.standardError === 0) return distance === 0 ? 1 : 0;
  return 2 * normalCdf(-distance / fit.standardError);
}

function tunedLambda(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  unlabelledPredictions: ArrayLike<number>,
): number {
  const pooled = Float64Array.from([...Array.from(predictions), ...Array.from(unlabelledPredictions)]);
  const spread = variance(pooled, 1);
  if (spread === 0) return 0;
  const ratio = 1 + predictions.length / unlabelledPredictions.length;
  return Math.min(1, Math.max(0, covariance(labels, predictions) / (ratio * spread)));
}
