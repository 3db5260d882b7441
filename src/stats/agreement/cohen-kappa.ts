import { type Estimate, known, unknown } from '../estimate.ts';
import { agreementWeight, type WeightScheme } from './unit-counts.ts';

/**
 * Cohen's kappa with its errors; all in units of kappa, at most 1.
 * @example
 * const fit: Estimate<Kappa> = cohenKappa([[20, 5], [10, 15]]);
 */
export interface Kappa {
  readonly kappa: number;
  /** Weighted share of agreement. */
  readonly observed: number;
  /** The same, by chance from the two margins. */
  readonly expected: number;
  /** Fleiss, Cohen & Everitt (1969), for an interval. */
  readonly standardError: number;
  /** The same under kappa = 0, for a test. */
  readonly nullStandardError: number;
  readonly count: number;
}

/**
 * Cohen's kappa (1960), weighted (1968) by category position: (p_o - p_e) / (1 - p_e).
 * @param table square counts, row = first rater, column = second
 * Undefined for no ratings and where chance agreement is 1 (both raters constant).
 * @example
 * const kappa = cohenKappa([[20, 5], [10, 15]]);
 * if (kappa.defined) console.log(kappa.value.kappa); // 0.4
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  scheme: WeightScheme = 'identity',
): Estimate<Kappa> {
  const size = table.length;
  const count = table.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0);
  if (count === 0) return unknown('no unit was rated by both');
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0) / count);
  const columns = rows.map((_, j) => table.reduce((sum, row) => sum + row[j]!, 0) / count);
  const weight = (i: number, j: number) => agreementWeight(scheme, i, j, size - 1);

  let observed = 0;
  let expected = 0;
  const rowMean = new Float64Array(size);
  const columnMean = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      observed += weight(i, j) * (table[i]![j]! / count);
      expected += weight(i, j) * rows[i]! * columns[j]!;
      rowMean[i]! += columns[j]! * weight(i, j);
      columnMean[j]! += rows[i]! * weight(i, j);
    }
  }
  if (1 - expected < 1e-12) return unknown('both raters gave one and the same label throughout');

  let spread = 0;
  let nullSpread = 0;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const mean = rowMean[i]! + columnMean[j]!;
      spread += (table[i]![j]! / count) * (weight(i, j) * (1 - expected) - mean * (1 - observed)) ** 2;
      nullSpread += rows[i]! * columns[j]! * (weight(i, j) - mean) ** 2;
    }
  }
  const shift = observed * expected - 2 * expected + observed;
  return known({
    kappa: (observed - expected) / (1 - expected),
    observed,
    expected,
    standardError: Math.sqrt(Math.max(0, spread - shift ** 2) / count) / (1 - expected) ** 2,
    nullStandardError: Math.sqrt(Math.max(0, nullSpread - expected ** 2) / count) / (1 - expected),
    count,
  });
}
