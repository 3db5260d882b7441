import { type Estimate, known, unknown } from '../estimate.ts';

/**
 * How many independent raters a panel of k is worth: k / (1 + (k-1) r̄), the design effect of Kish (1965) with the mean
 * pairwise correlation r̄ of what the raters said, or better of whether they were right. Between 1 and k.
 * @param columns per rater its values over the same units, null where missing
 * Pairs that share fewer than three units, or where one rater is constant, do not count; undefined where none is left.
 */
export function effectiveRaters(
  columns: readonly (readonly (number | null)[])[],
  weights?: ArrayLike<number>,
): Estimate<{ readonly effective: number; readonly meanCorrelation: number }> {
  if (columns.length === 0) return unknown('no raters');
  if (columns.length === 1) return known({ effective: 1, meanCorrelation: 0 });
  let sum = 0;
  let pairs = 0;
  for (let a = 1; a < columns.length; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const correlation = pairCorrelation(columns[a]!, columns[b]!, weights);
      if (correlation === null) continue;
      sum += correlation;
      pairs += 1;
    }
  }
  if (pairs === 0) return unknown('no two raters share three units on which both vary');
  const meanCorrelation = sum / pairs;
  const k = columns.length;
  const effective = k / Math.max(1, 1 + (k - 1) * meanCorrelation);
  return known({ effective, meanCorrelation });
}

/** Pearson correlation over the units that both rated, or null. */
function pairCorrelation(
  first: readonly (number | null)[],
  second: readonly (number | null)[],
  weights?: ArrayLike<number>,
): number | null {
  let n = 0;
  let shared = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumYY = 0;
  let sumXY = 0;
  for (let unit = 0; unit < first.length; unit += 1) {
    const x = first[unit] ?? null;
    const y = second[unit] ?? null;
    if (x === null || y === null) continue;
    const weight = weights?.[unit] ?? 1;
    if (weight === 0) continue;
    shared += 1;
    n += weight;
    sumX += weight * x;
    sumY += weight * y;
    sumXX += weight * x * x;
    sumYY += weight * y * y;
    sumXY += weight * x * y;
  }
  if (shared < 3) return null;
  const varianceX = sumXX / n - (sumX / n) ** 2;
  const varianceY = sumYY / n - (sumY / n) ** 2;
  if (varianceX < 1e-12 || varianceY < 1e-12) return null;
  return (sumXY / n - (sumX / n) * (sumY / n)) / Math.sqrt(varianceX * varianceY);
}
