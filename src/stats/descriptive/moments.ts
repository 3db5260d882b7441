/**
 * Arithmetic mean.
 * @throws RangeError for no values: the caller decides what that means.
 * @example
 * mean([1, 2, 3]); // 2
 */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('mean of no values');
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index]!;
  return sum / values.length;
}

/**
 * Σ(x - mean)² / (n - ddof), in two passes. 0 where n <= ddof.
 * @example
 * variance([1, 2, 3]); // 0.6667
 */
export function variance(values: ArrayLike<number>, ddof = 0): number {
  if (values.length <= ddof) return 0;
  const centre = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (values[index]! - centre) ** 2;
  return sum / (values.length - ddof);
}

/**
 * Σ(x - mean x)(y - mean y) / (n - ddof); the two lists have one length.
 * @example
 * covariance([1, 2, 3], [2, 4, 6]); // 1.333
 */
export function covariance(x: ArrayLike<number>, y: ArrayLike<number>, ddof = 0): number {
  if (x.length !== y.length) throw new RangeError(`covariance of ${x.length} and ${y.length} values`);
  if (x.length <= ddof) return 0;
  const centreX = mean(x);
  const centreY = mean(y);
  let sum = 0;
  for (let index = 0; index < x.length; index += 1) sum += (x[index]! - centreX) * (y[index]! - centreY);
  return sum / (x.length - ddof);
}

/**
 * The p-quantile by linear interpolation between order statistics: type 7 of Hyndman & Fan (1996), numpy's default.
 * @param sorted ascending, not empty
 * @example
 * quantileOfSorted([1, 2, 3, 4], 0.5); // 2.5
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('quantile of no values');
  const position = Math.min(1, Math.max(0, p)) * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
