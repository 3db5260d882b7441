import { type Estimate, type Interval, known, unknown } from '../estimate.ts';
import { studentQuantile } from '../special/student-t.ts';
import { clopperPearsonInterval } from './proportion.ts';

/**
 * A share in [0, 1] with its interval.
 * @example
 * const fit: Estimate<GroupedProportion> = groupedProportion([3, 1], [4, 4], { n: 8, clusters: 4 });
 */
export interface GroupedProportion extends Interval {
  readonly share: number;
  /** Effective number of independent observations; at most n. */
  readonly effective: number;
}

/**
 * A ratio of sums Σ tops / Σ bottoms, 0 <= top <= bottom in each group of clusters, with the interval of Korn & Graubard
 * (1998): Clopper-Pearson with n* = p(1-p) / SE² · (t_{n-1} / t_{G-1})² in place of n, never above n, and
 * SE² = (G-1)/G Σ_g (p_(-g) - p)² over the G groups with data. Without spread the clusters are the observations.
 * The same as `clusteredProportion` for data that were summed by group while they streamed by.
 * @param n observations behind the sums @param clusters behind the groups
 * Undefined with no observation; the interval is [0, 1] with one group.
 * @example
 * groupedProportion([3, 2, 2], [4, 4, 4], { n: 12, clusters: 6 });
 * // { share: 0.5833, effective: 9.159, low: 0.2354, high: 0.8779 }
 */
export function groupedProportion(
  tops: ArrayLike<number>,
  bottoms: ArrayLike<number>,
  { n, clusters, alpha = 0.05 }: { readonly n: number; readonly clusters: number; readonly alpha?: number },
): Estimate<GroupedProportion> {
  let top = 0;
  let bottom = 0;
  let groups = 0;
  for (let group = 0; group < bottoms.length; group += 1) {
    top += tops[group]!;
    bottom += bottoms[group]!;
    if (bottoms[group]! > 0) groups += 1;
  }
  if (bottom <= 0) return unknown('nothing to count');
  const share = Math.min(1, top / bottom);
  if (groups < 2) return known({ share, effective: 1, low: 0, high: 1 });
  let squares = 0;
  for (let group = 0; group < bottoms.length; group += 1) {
    if (bottoms[group]! > 0) squares += ((top - tops[group]!) / (bottom - bottoms[group]!) - share) ** 2;
  }
  const variance = ((groups - 1) / groups) * squares;
  const quantile = (degrees: number) => studentQuantile(1 - alpha / 2, degrees);
  const spread = share * (1 - share);
  const effective =
    variance < 1e-15 || spread === 0
      ? Math.min(n, clusters)
      : Math.min(n, (spread / variance) * (quantile(Math.max(1, n - 1)) / quantile(groups - 1)) ** 2);
  return known({ share, effective, ...clopperPearsonInterval(share * effective, effective, alpha) });
}
