import { type Estimate, known, unknown } from '../estimate.ts';
import type { UnitCounts } from './unit-counts.ts';

/**
 * The levels of measurement that `krippendorffAlpha` knows (Krippendorff 2011).
 * @example
 * measurementLevels.includes('ordinal'); // true
 */
export const measurementLevels = ['nominal', 'ordinal', 'interval', 'ratio'] as const;
/**
 * What the distance of two values means: equal or not, their ranks, their difference, their ratio.
 * @example
 * const level: MeasurementLevel = 'ordinal';
 */
export type MeasurementLevel = (typeof measurementLevels)[number];

/**
 * Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"): 1 - D_observed / D_expected
 * over the coincidences of all pairable values. Units with fewer than two values do not count.
 *
 * Squared differences: nominal 0/1; ordinal (Σ n_g from c to k - (n_c + n_k)/2)² over pairable counts; interval
 * (c - k)²; ratio ((c - k)/(c + k))², 0 where both are 0.
 * @param weights how often each unit counts (a bootstrap's draws); ones by default
 * Undefined when nothing is pairable or only one value occurs: never 1.
 * @example
 * const ratings = countUnits([[1, 1], [1, 0], [0, 0], [1, 1]]); // two raters, four units
 * krippendorffAlpha(ratings, 'nominal'); // 0.533
 */
export function krippendorffAlpha(
  counts: UnitCounts,
  level: MeasurementLevel,
  weights?: ArrayLike<number>,
): Estimate {
  const margin = new Float64Array(counts.values.length);
  let pairable = 0;
  counts.units.forEach((unit, at) => {
    if (unit.total < 2) return;
    const weight = weights?.[at] ?? 1;
    pairable += weight * unit.total;
    unit.value.forEach((value, k) => {
      margin[value]! += weight * unit.count[k]!;
    });
  });
  if (pairable === 0) return unknown('no unit has two values');
  const distance = squaredDistance(level, counts.values, margin);

  let expected = 0;
  for (let c = 1; c < margin.length; c += 1) {
    for (let k = 0; k < c; k += 1) {
      if (margin[c] !== 0 && margin[k] !== 0) expected += margin[c]! * margin[k]! * distance(c, k);
    }
  }
  if (expected === 0) return unknown('only one value occurs');

  let observed = 0;
  counts.units.forEach((unit, at) => {
    if (unit.value.length < 2) return;
    let sum = 0;
    for (let c = 1; c < unit.value.length; c += 1) {
      for (let k = 0; k < c; k += 1)
        sum += unit.count[c]! * unit.count[k]! * distance(unit.value[c]!, unit.value[k]!);
    }
    observed += ((weights?.[at] ?? 1) * sum) / (unit.total - 1);
  });
  return known(1 - ((pairable - 1) * observed) / expected);
}

function squaredDistance(
  level: MeasurementLevel,
  values: readonly number[],
  margin: Float64Array,
): (c: number, k: number) => number {
  switch (level) {
    case 'nominal':
      return (c, k) => (c === k ? 0 : 1);
    case 'interval':
      return (c, k) => (values[c]! - values[k]!) ** 2;
    case 'ratio':
      return (c, k) => {
        const sum = values[c]! + values[k]!;
        return sum === 0 ? 0 : ((values[c]! - values[k]!) / sum) ** 2;
      };
    case 'ordinal': {
      // rank of a value = how many pairable values lie below it, plus half of its own
      const rank = new Float64Array(values.length);
      let below = 0;
      for (let value = 0; value < values.length; value += 1) {
        rank[value] = below + margin[value]! / 2;
        below += margin[value]!;
      }
      return (c, k) => (rank[c]! - rank[k]!) ** 2;
    }
  }
}
