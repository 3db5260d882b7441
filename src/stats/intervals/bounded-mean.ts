import { mean } from '../descriptive/moments.ts';
import { type Estimate, type Interval, known, unknown } from '../estimate.ts';
import { gammaSumBelowZero } from '../special/gamma-sum.ts';

/** What is known of the mean of independent bounded values. */
export interface BoundedMean {
  readonly mean: number;
  /** One-sided p-value of "the mean is at most `threshold`". */
  above(threshold: number): number;
  /** One-sided p-value of "the mean is at least `threshold`". */
  below(threshold: number): number;
  /** Two bounds, each with error `alpha`. */
  interval(alpha: number): Interval;
}

/**
 * A test of the mean of independent bounded values that needs neither normality nor a large sample: Gaffke (2005),
 * "Three test statistics for a nonparametric one-sided hypothesis on the mean of a nonnegative variable"; as an interval
 * Learned-Miller & Thomas (2020). The p-value is the probability that a mean with Dirichlet(1, …, 1) weights over the
 * values and one more value at the worst end of the range lies at or below the threshold. On values of 0 and 1 it is
 * Clopper & Pearson, on equal values the bound of Markov; for many values it approaches Student's t. A rare large loss
 * that the sample happens to miss is covered by the added value, where Student's t sees no variance.
 * @param range the least and the greatest possible value
 * Undefined without values, or for a range without width.
 * @example
 * const one = boundedMean([1, 1, 1, 0, 1, 1, 1, 1], [0, 1]);
 * one.defined && one.value.above(0.5); // 0.0352: seven of eight
 */
export function boundedMean(
  values: readonly number[],
  [low, high]: readonly [low: number, high: number],
): Estimate<BoundedMean> {
  if (values.length === 0) return unknown('no values');
  if (!(low < high)) return unknown('the range of the values has no width');
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distances = (sign: number, threshold: number) =>
    [...counts].map(([value, shape]) => ({ weight: sign * (value - threshold), shape }));
  const above = (threshold: number) =>
    gammaSumBelowZero([{ weight: low - threshold, shape: 1 }, ...distances(1, threshold)]);
  const below = (threshold: number) =>
    gammaSumBelowZero([{ weight: threshold - high, shape: 1 }, ...distances(-1, threshold)]);
  const centre = mean(values);
  return known({
    mean: centre,
    above,
    below,
    interval: (alpha) => ({
      low: lastExcluded((at) => above(at) <= alpha, low, centre),
      high: lastExcluded((at) => below(at) <= alpha, high, centre),
    }),
  });
}

/** From `outside` towards `inside`, to a billionth of the distance. */
function lastExcluded(excluded: (threshold: number) => boolean, outside: number, inside: number): number {
  let out = outside;
  let within = inside;
  for (let step = 0; step < 30; step += 1) {
    const middle = (out + within) / 2;
    if (excluded(middle)) out = middle;
    else within = middle;
  }
  return out;
}
