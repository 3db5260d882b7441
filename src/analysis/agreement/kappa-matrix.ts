import { cohenKappa } from '../../stats/agreement/cohen-kappa.ts';
import { type Estimate, known } from '../../stats/estimate.ts';
import type { KappaMatrix } from './agreement-report.ts';
import type { RatingTable } from './group-agreement.ts';
import type { IntervalEstimate, Resampling } from './resampling.ts';

/** With more distinct values than this no kappa is computed. */
const maxCategories = 12;

/**
 * Cohen's kappa (1960; weighted 1968) of every two raters; quadratic weights where scores have more than two values. Cross
 * tables are kept by group of clusters, so that a bootstrap draw costs a weighted sum and not another pass over the data.
 * Null where scores take too many values for a table.
 */
export function measureKappaMatrix(table: RatingTable, resampling: Resampling): KappaMatrix | null {
  const values = [...new Set(table.columns.flat().filter((value) => value !== null))].sort((a, b) => a - b);
  if (values.length > maxCategories) return null;
  const indexOf = new Map(values.map((value, index) => [value, index]));
  const codes = table.columns.map((column) =>
    Int8Array.from(column, (value) => (value === null ? -1 : indexOf.get(value)!)),
  );
  const groups = Int32Array.from(table.clusters, (cluster) => resampling.groupOf(cluster));
  const weights = table.on === 'scores' && values.length > 2 ? 'quadratic' : 'identity';
  const cells: (IntervalEstimate | null)[][] = codes.map(() => codes.map(() => null));
  for (let a = 1; a < codes.length; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const weightOf = (unit: number) => Math.min(table.weights[a]![unit]!, table.weights[b]![unit]!);
      const cell = measurePair(codes[a]!, codes[b]!, weightOf, groups, values.length, weights, resampling);
      cells[a]![b] = cell;
      cells[b]![a] = cell;
    }
  }
  return { on: table.on, weights, raters: table.raters, cells };
}

function measurePair(
  first: Int8Array,
  second: Int8Array,
  weightOf: (unit: number) => number,
  groups: Int32Array,
  size: number,
  scheme: 'identity' | 'quadratic',
  resampling: Resampling,
): IntervalEstimate {
  const area = size * size;
  const counts = new Float64Array(resampling.groupCount * area);
  let shared = 0;
  for (let unit = 0; unit < groups.length; unit += 1) {
    if (first[unit]! < 0 || second[unit]! < 0) continue;
    counts[groups[unit]! * area + first[unit]! * size + second[unit]!]! += weightOf(unit);
    shared += 1;
  }
  const table = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  return resampling.measure(shared, (weights): Estimate => {
    for (let cell = 0; cell < area; cell += 1) {
      let sum = 0;
      for (let group = 0; group < weights.length; group += 1)
        sum += weights[group]! * counts[group * area + cell]!;
      table[Math.floor(cell / size)]![cell % size] = sum;
    }
    const kappa = cohenKappa(table, scheme);
    return kappa.defined ? known(kappa.value.kappa) : kappa;
  });
}
