import { type Estimate, known, unknown } from '../estimate.ts';

/**
 * The number of independent raters that a panel of k is equivalent to: k / (1 + (k-1) r̄), the design effect of Kish (1965) with the mean
 * pairwise correlation r̄ of what the raters said, or better of whether they were right. Between 1 and k.
 * @param columns per rater its values over the same units, null where missing
 * Pairs that share fewer than three units, or where one rater is constant, do not count; undefined where none is left.
 * @example
 * effectiveRaters([[1, 0, 1, 1], [1, 0, 1, 0]]); // effective 1.27, meanCorrelation 0.577
 */
export function effectiveRaters(
  columns: readonly (readonly (number | null)[])[],
  weights?: ArrayLike<number>,
): Estimate<{ readonly effective: number; readonly meanCorrelation: number }> {
  if (columns.length === 0) return unknown('no raters');
  if (columns.length === 1) return known({ effective: 1, meanCorrelation: 0 });
  const correlations: (number | null)[] = [];
  for (let a = 1; a < columns.length; a += 1) {
    for (let b = 0; b < a; b += 1)
      correlations.push(correlationOf(momentsOf(columns[a]!, columns[b]!, weights)));
  }
  return effectiveFromCorrelations(columns.length, correlations);
}

/**
 * The same from the correlations of all pairs, null where a pair has none.
 * Kish (1965): n / (1 + (n - 1) · mean correlation).
 * @example
 * effectiveFromCorrelations(3, [0.5, 0.3, null]); // { effective: 1.667, meanCorrelation: 0.4 }
 */
export function effectiveFromCorrelations(
  raterCount: number,
  correlations: readonly (number | null)[],
): Estimate<{ readonly effective: number; readonly meanCorrelation: number }> {
  const usable = correlations.filter((correlation) => correlation !== null);
  if (usable.length === 0) return unknown('no two raters share three units on which both vary');
  const meanCorrelation = usable.reduce((sum, correlation) => sum + correlation, 0) / usable.length;
  const effective = raterCount / Math.max(1, 1 + (raterCount - 1) * meanCorrelation);
  return known({ effective, meanCorrelation });
}

/**
 * Weighted count and sums of x, y, x², y², xy over the units that both rated: they add up over parts of the data.
 * @example
 * const moments: PairMoments = [2, 1, 1, 1, 1, 1]; // (1, 1) and (0, 0), weight 1 each
 */
export type PairMoments = readonly [n: number, x: number, y: number, xx: number, yy: number, xy: number];

export function momentsOf(
  first: readonly (number | null)[],
  second: readonly (number | null)[],
  weights?: ArrayLike<number>,
): PairMoments {
  const sums: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (let unit = 0; unit < first.length; unit += 1) {
    const x = first[unit] ?? null;
    const y = second[unit] ?? null;
    if (x === null || y === null) continue;
    const weight = weights?.[unit] ?? 1;
    sums[0] += weight;
    sums[1] += weight * x;
    sums[2] += weight * y;
    sums[3] += weight * x * x;
    sums[4] += weight * y * y;
    sums[5] += weight * x * y;
  }
  return sums;
}

/** Pearson's correlation, or null for fewer than three units and where one side is constant. */
export function correlationOf([n, x, y, xx, yy, xy]: PairMoments): number | null {
  if (n < 3) return null;
  const varianceX = xx / n - (x / n) ** 2;
  const varianceY = yy / n - (y / n) ** 2;
  if (varianceX < 1e-12 || varianceY < 1e-12) return null;
  return (xy / n - (x / n) * (y / n)) / Math.sqrt(varianceX * varianceY);
}
