import { type Estimate, known, unknown } from '../estimate.ts';
import type { UnitCounts } from './unit-counts.ts';

/**
 * Two corrections of the same observed agreement for chance.
 * @example
 * const { kappa, randolph }: FleissKappa = { kappa: 0.467, randolph: 0.5 };
 */
export interface FleissKappa {
  /** Fleiss (1971): chance agreement from the pooled margins. */
  readonly kappa: number;
  /** Randolph (2005): chance agreement 1 / categories. */
  readonly randolph: number;
}

/**
 * Fleiss' kappa for many raters, and Randolph's free-marginal variant.
 * Undefined unless every unit has the same number (>= 2) of ratings, and where chance agreement is 1.
 * @param weights how often each unit counts; ones by default
 * @example
 * const ratings = countUnits([[1, 1], [1, 0], [0, 0], [1, 1]]); // two raters, four units
 * fleissKappa(ratings); // kappa 0.467, randolph 0.5
 */
export function fleissKappa(counts: UnitCounts, weights?: ArrayLike<number>): Estimate<FleissKappa> {
  const raters = counts.units[0]?.total ?? 0;
  if (raters < 2) return unknown('no unit has two ratings');
  if (counts.units.some(({ total }) => total !== raters))
    return unknown('units have unequal numbers of ratings');
  const margin = new Float64Array(counts.values.length);
  let agreement = 0;
  let total = 0;
  counts.units.forEach((unit, at) => {
    const weight = weights?.[at] ?? 1;
    total += weight;
    let same = 0;
    unit.value.forEach((value, k) => {
      margin[value]! += weight * unit.count[k]!;
      same += unit.count[k]! * (unit.count[k]! - 1);
    });
    agreement += (weight * same) / (raters * (raters - 1));
  });
  if (total === 0) return unknown('no unit counts');
  const observed = agreement / total;
  const chance = margin.reduce((sum, count) => sum + (count / (total * raters)) ** 2, 0);
  const freeChance = 1 / counts.values.length;
  if (1 - chance < 1e-12 || counts.values.length < 2) return unknown('only one value occurs');
  return known({
    kappa: (observed - chance) / (1 - chance),
    randolph: (observed - freeChance) / (1 - freeChance),
  });
}
