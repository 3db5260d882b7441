/** Arithmetic mean. @throws RangeError for no values: the caller decides what that means. */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('mean of no values');
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index]!;
  return sum / values.length;
}

/** Σ(x - mean)² / (n - ddof), in two passes. 0 where n <= ddof. */
export function variance(values: ArrayLike<number>, ddof = 0): number {
  if (values.length <= ddof) return 0;
  const centre = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (values[index]! - centre) ** 2;
  return sum / (values.length - ddof);
}

/** Σ(x - mean x)(y - mean y) / (n - ddof); the two lists have one length. */
export function covariance(x: ArrayLike<number>, y: ArrayLike<number>, ddof = 0): number {
  if (x.length !== y.length) throw new RangeError(`covariance of ${x.length} and ${y.length} values`);
  if (x.length <= ddof) return 0;
  const centreX = mean(x);
  const centreY = mean(y);
  let sum = 0;
  for (let index = 0; index < x.length; index += 1) sum += (x[index]! - centreX) * (y[index]! - centreY);
  return sum / (x.length - ddof);
}
