import { correlationOf, effectiveFromCorrelations } from '../../stats/agreement/effective-raters.ts';
import { known, unknown } from '../../stats/estimate.ts';
import type { Measured, Resampling } from './resampling.ts';

const sums = 6;

/** Effective number of raters with its interval; moments are kept by group, so that a draw costs no pass over the units. */
export function measureEffectiveRaters(
  columns: readonly (readonly (number | null)[])[],
  groups: readonly number[],
  n: number,
  resampling: Resampling,
): Measured {
  if (columns.length < 2) return resampling.measure(n, () => unknown('fewer than two raters'));
  const pairs: Float64Array[] = [];
  for (let a = 1; a < columns.length; a += 1)
    for (let b = 0; b < a; b += 1)
      pairs.push(momentsByGroup(columns[a]!, columns[b]!, groups, resampling.groupCount));
  return resampling.measure(n, (weights) => {
    const correlations = pairs.map((moments) => {
      const total: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
      for (let group = 0; group < weights.length; group += 1) {
        const weight = weights[group]!;
        if (weight === 0) continue;
        for (let k = 0; k < sums; k += 1) total[k]! += weight * moments[group * sums + k]!;
      }
      return correlationOf(total);
    });
    const worth = effectiveFromCorrelations(columns.length, correlations);
    return worth.defined ? known(worth.value.effective) : worth;
  });
}

function momentsByGroup(
  first: readonly (number | null)[],
  second: readonly (number | null)[],
  groups: readonly number[],
  groupCount: number,
): Float64Array {
  const moments = new Float64Array(groupCount * sums);
  for (let unit = 0; unit < groups.length; unit += 1) {
    const x = first[unit] ?? null;
    const y = second[unit] ?? null;
    if (x === null || y === null) continue;
    const at = groups[unit]! * sums;
    moments[at]! += 1;
    moments[at + 1]! += x;
    moments[at + 2]! += y;
    moments[at + 3]! += x * x;
    moments[at + 4]! += y * y;
    moments[at + 5]! += x * y;
  }
  return moments;
}
