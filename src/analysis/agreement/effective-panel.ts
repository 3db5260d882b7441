import { correlationOf, effectiveFromCorrelations } from '../../stats/agreement/effective-raters.ts';
import { known, unknown } from '../../stats/estimate.ts';
import type { IntervalEstimate, Resampling } from './resampling.ts';

const sums = 6;

/** Effective number of raters with its interval; moments are kept by group, so that a draw needs no pass over the units. */
export function measureEffectiveRaters(
  columns: readonly (readonly (number | null)[])[],
  weights: readonly (readonly number[])[],
  groups: readonly number[],
  n: number,
  resampling: Resampling,
): IntervalEstimate {
  if (columns.length < 2) return resampling.measure(n, () => unknown('fewer than two raters'));
  const pairs: Float64Array[] = [];
  for (let a = 1; a < columns.length; a += 1)
    for (let b = 0; b < a; b += 1)
      pairs.push(
        momentsByGroup(
          columns[a]!,
          columns[b]!,
          groups,
          (unit) => Math.min(weights[a]![unit]!, weights[b]![unit]!),
          resampling.groupCount,
        ),
      );
  return resampling.measure(n, (draw) => {
    const correlations = pairs.map((moments) => {
      const total: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
      for (let group = 0; group < draw.length; group += 1) {
        const weight = draw[group]!;
        if (weight === 0) continue;
        for (let k = 0; k < sums; k += 1) total[k]! += weight * moments[group * sums + k]!;
      }
      return correlationOf(total);
    });
    const estimate = effectiveFromCorrelations(columns.length, correlations);
    return estimate.defined ? known(estimate.value.effective) : estimate;
  });
}

function momentsByGroup(
  first: readonly (number | null)[],
  second: readonly (number | null)[],
  groups: readonly number[],
  weightOf: (unit: number) => number,
  groupCount: number,
): Float64Array {
  const moments = new Float64Array(groupCount * sums);
  for (let unit = 0; unit < groups.length; unit += 1) {
    const x = first[unit] ?? null;
    const y = second[unit] ?? null;
    if (x === null || y === null) continue;
    const at = groups[unit]! * sums;
    const weight = weightOf(unit);
    moments[at]! += weight;
    moments[at + 1]! += weight * x;
    moments[at + 2]! += weight * y;
    moments[at + 3]! += weight * x * x;
    moments[at + 4]! += weight * y * y;
    moments[at + 5]! += weight * x * y;
  }
  return moments;
}
