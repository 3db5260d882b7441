import { mean } from '../descriptive/moments.ts';
import { type Estimate, known, unknown } from '../estimate.ts';

/**
 * A mean with its errors, in the unit of the values (Liang & Zeger 1986).
 * @example
 * const fit: Estimate<ClusteredMean> = clusteredMean([1, 0, 1, 1], ['a', 'a', 'b', 'c']);
 */
export interface ClusteredMean {
  readonly mean: number;
  /** s / √n, as if all values were independent. */
  readonly iidError: number;
  /** Sandwich error without small-sample factor. */
  readonly cr0Error: number;
  /** CR0 · √(G/(G-1)), the CR1 factor for a mean: the one to report. */
  readonly cr1Error: number;
  readonly clusters: number;
}

/**
 * Mean with cluster-robust standard error (Liang & Zeger 1986): √(Σ_g (Σ_i∈g residual)²) / n.
 * @param cluster index or name of each value's cluster
 * Undefined with fewer than two clusters.
 * @example
 * clusteredMean([1, 1, 0, 0, 1], ['a', 'a', 'b', 'b', 'c']); // mean 0.6, cr1Error 0.367
 */
export function clusteredMean(
  values: ArrayLike<number>,
  cluster: ArrayLike<number | string>,
): Estimate<ClusteredMean> {
  if (values.length !== cluster.length)
    throw new RangeError(`${values.length} values in ${cluster.length} clusters`);
  if (values.length === 0) return unknown('no values');
  const centre = mean(values);
  const sums = new Map<number | string, number>();
  let squares = 0;
  for (let index = 0; index < values.length; index += 1) {
    const residual = values[index]! - centre;
    squares += residual * residual;
    sums.set(cluster[index]!, (sums.get(cluster[index]!) ?? 0) + residual);
  }
  if (sums.size < 2) return unknown('fewer than two clusters');
  let between = 0;
  for (const sum of sums.values()) between += sum * sum;
  const n = values.length;
  const cr0Error = Math.sqrt(between) / n;
  return known({
    mean: centre,
    iidError: Math.sqrt(squares / (n - 1) / n),
    cr0Error,
    cr1Error: cr0Error * Math.sqrt(sums.size / (sums.size - 1)),
    clusters: sums.size,
  });
}
