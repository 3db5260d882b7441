import { type Estimate, type Interval, known, unknown } from '../estimate.ts';
import type { Random } from '../random.ts';
import { percentileInterval } from './bootstrap-interval.ts';

/**
 * A mean difference and its bootstrap interval, in the unit of the values.
 * @example
 * const result: Estimate<PairedDifference> = pairedDifference([1, 0, 1], ['a', 'b', 'c'], { replicates: 999, random: seededRandom(1) });
 */
export interface PairedDifference {
  /** Mean of candidate minus baseline over the units. */
  readonly difference: number;
  readonly interval: Interval;
  /** Share of replicates above 0, in [0, 1]. */
  readonly shareAbove: number;
  readonly clusters: number;
}

/**
 * Paired cluster bootstrap of a mean difference: units keep their pairing, clusters are resampled whole
 * (Davison & Hinkley 1997). Units are summed by cluster once, so that a replicate costs one draw a cluster.
 * Undefined with fewer than two clusters.
 * @param differences candidate minus baseline, one a unit
 * @example
 * const options = { replicates: 999, random: seededRandom(1) };
 * pairedDifference([0.2, 0.1, -0.1, 0.4], ['a', 'a', 'b', 'c'], options);
 * // { difference: 0.15, interval: { low: 0.025, high: 0.275 }, shareAbove: 0.96, clusters: 3 }
 */
export function pairedDifference(
  differences: ArrayLike<number>,
  clusters: ArrayLike<number | string>,
  options: { readonly replicates: number; readonly random: Random; readonly alpha?: number },
): Estimate<PairedDifference> {
  if (differences.length !== clusters.length)
    throw new RangeError(`${differences.length} differences in ${clusters.length} clusters`);
  const index = new Map<number | string, number>();
  const sums: number[] = [];
  const counts: number[] = [];
  for (let unit = 0; unit < differences.length; unit += 1) {
    const at = index.get(clusters[unit]!) ?? index.size;
    index.set(clusters[unit]!, at);
    sums[at] = (sums[at] ?? 0) + differences[unit]!;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  if (index.size < 2) return unknown('fewer than two clusters');
  const replicates = ratioReplicates(Float64Array.from(sums), Float64Array.from(counts), options);
  let above = 0;
  for (const value of replicates) above += value > 0 ? 1 : value === 0 ? 0.5 : 0;
  return known({
    difference: sums.reduce((sum, value) => sum + value, 0) / differences.length,
    interval: percentileInterval(replicates, options.alpha ?? 0.1),
    shareAbove: above / replicates.length,
    clusters: index.size,
  });
}

/** Σ sums / Σ counts over clusters drawn with replacement; nothing is allocated a draw. */
function ratioReplicates(
  sums: Float64Array,
  counts: Float64Array,
  { replicates, random }: { readonly replicates: number; readonly random: Random },
): Float64Array {
  const results = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    let top = 0;
    let bottom = 0;
    for (let draw = 0; draw < sums.length; draw += 1) {
      const cluster = Math.floor(random() * sums.length);
      top += sums[cluster]!;
      bottom += counts[cluster]!;
    }
    results[replicate] = top / bottom;
  }
  return results;
}
