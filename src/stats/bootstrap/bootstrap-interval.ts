import { mean, quantileOfSorted } from '../descriptive/moments.ts';
import type { Interval } from '../estimate.ts';
import type { Random } from '../random.ts';
import { normalCdf, normalQuantile } from '../special/normal.ts';

/**
 * Percentile interval (Efron 1979) of bootstrap replicates, two-sided error alpha, type 7 quantiles.
 * @example
 * percentileInterval([1, 2, 3, 4, 5], 0.5); // { low: 2, high: 4 }
 */
export function percentileInterval(replicates: ArrayLike<number>, alpha = 0.1): Interval {
  const sorted = Float64Array.from(replicates).sort();
  return { low: quantileOfSorted(sorted, alpha / 2), high: quantileOfSorted(sorted, 1 - alpha / 2) };
}

/**
 * An interval with the two corrections that made it.
 * @example
 * const { low, high, bias }: BcaInterval = bcaInterval([1, 2, 3, 4], 2.5, [2, 2.5, 3]);
 */
export interface BcaInterval extends Interval {
  readonly bias: number;
  readonly acceleration: number;
  /** The quantile levels that were read off. */
  readonly levels: readonly [number, number];
}

/**
 * Bias-corrected and accelerated interval (Efron 1987). bias z0 = Φ⁻¹(share of replicates below the estimate, ties
 * half); acceleration = Σ d³ / (6 (Σ d²)^1.5) with d = mean of the jackknife minus each of its values.
 * All replicates on one side, or a constant jackknife, falls back towards the percentile levels.
 * @example
 * bcaInterval([0.1, 0.2, 0.2, 0.3, 0.4], 0.2, [0.15, 0.2, 0.3]);
 * // { low: 0.1044, high: 0.3431, bias: -0.2533, acceleration: -0.03674, levels: [0.0109, 0.8578] }
 */
export function bcaInterval(
  replicates: ArrayLike<number>,
  estimate: number,
  jackknife: ArrayLike<number>,
  alpha = 0.1,
): BcaInterval {
  const sorted = Float64Array.from(replicates).sort();
  let below = 0;
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  const share = Math.min(sorted.length - 0.5, Math.max(0.5, below)) / sorted.length;
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(jackknife);
  const level = (p: number): number => {
    const shifted = bias + normalQuantile(p);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  };
  const levels: [number, number] = [level(alpha / 2), level(1 - alpha / 2)];
  return {
    low: quantileOfSorted(sorted, levels[0]),
    high: quantileOfSorted(sorted, levels[1]),
    bias,
    acceleration,
    levels,
  };
}

function accelerationOf(jackknife: ArrayLike<number>): number {
  if (jackknife.length === 0) return 0;
  const centre = mean(jackknife);
  let squares = 0;
  let cubes = 0;
  for (let index = 0; index < jackknife.length; index += 1) {
    const difference = centre - jackknife[index]!;
    squares += difference ** 2;
    cubes += difference ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/**
 * Draws clusters with replacement (Davison & Hinkley 1997, section 3.8): `visit` gets how often each cluster was drawn,
 * one array that is reused from replicate to replicate. Linear in clusters x replicates; nothing is copied.
 * @example
 * drawClusters(3, 2, seededRandom(1), (counts) => console.log([...counts])); // how often each was drawn
 */
export function drawClusters(
  clusterCount: number,
  replicates: number,
  random: Random,
  visit: (counts: Float64Array, replicate: number) => void,
): void {
  const counts = new Float64Array(clusterCount);
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    counts.fill(0);
    for (let draw = 0; draw < clusterCount; draw += 1) counts[Math.floor(random() * clusterCount)]! += 1;
    visit(counts, replicate);
  }
}
