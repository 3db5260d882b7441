import { type Estimate, type Interval, known, unknown } from '../estimate.ts';
import { studentQuantile } from '../special/student-t.ts';
import { clopperPearsonInterval } from './proportion.ts';

/**
 * A share in [0, 1] with its interval.
 * @example
 * const fit: Estimate<ClusteredProportion> = clusteredProportion([1, 0, 1, 1], ['a', 'a', 'b', 'c']);
 */
export interface ClusteredProportion extends Interval {
  readonly share: number;
  /** Effective number of independent observations; at most n. */
  readonly effective: number;
  readonly clusters: number;
}

/**
 * Korn & Graubard (1998): the Clopper-Pearson interval with n replaced by the effective size
 * n* = p(1-p) / SE² · (t_{n-1} / t_{G-1})², never above n. SE² = (G-1)/G Σ_g (p_(-g) - p)² leaves one cluster out at a
 * time (CR3; MacKinnon, Nielsen & Webb 2023): a cluster that makes up most of the data cannot hide its weight, as it
 * can from CR1. Where all values are equal no error can be estimated, and the clusters count as the observations.
 * @param values 0 or 1
 * Undefined with fewer than two clusters.
 * @example
 * clusteredProportion([1, 0, 1, 1], ['a', 'a', 'b', 'c']);
 * // { share: 0.75, effective: 2.014, clusters: 3, low: 0.06184, high: 0.9998 }
 */
export function clusteredProportion(
  values: ArrayLike<number>,
  cluster: ArrayLike<number | string>,
  alpha = 0.05,
): Estimate<ClusteredProportion> {
  if (values.length !== cluster.length)
    throw new RangeError(`${values.length} values in ${cluster.length} clusters`);
  const groups = new Map<number | string, { sum: number; size: number }>();
  let total = 0;
  for (let index = 0; index < values.length; index += 1) {
    const group = groups.get(cluster[index]!) ?? { sum: 0, size: 0 };
    group.sum += values[index]!;
    group.size += 1;
    total += values[index]!;
    groups.set(cluster[index]!, group);
  }
  const clusters = groups.size;
  if (clusters < 2) return unknown('fewer than two clusters');
  const n = values.length;
  const share = total / n;
  let squares = 0;
  for (const { sum, size } of groups.values()) squares += ((total - sum) / (n - size) - share) ** 2;
  const variance = ((clusters - 1) / clusters) * squares;
  const quantile = (degrees: number) => studentQuantile(1 - alpha / 2, degrees);
  const effective =
    variance === 0
      ? clusters
      : Math.min(n, ((share * (1 - share)) / variance) * (quantile(n - 1) / quantile(clusters - 1)) ** 2);
  const interval = clopperPearsonInterval(share * effective, effective, alpha);
  return known({ share, effective, clusters, ...interval });
}
