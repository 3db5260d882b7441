import { type Estimate, known, unknown } from '../estimate.ts';
import type { UnitCounts } from './unit-counts.ts';

/**
 * Share of rater pairs that agree, averaged over the units with two ratings. Not corrected for chance.
 * @example
 * const ratings = countUnits([[1, 1], [1, 0], [0, 0], [1, 1]]); // two raters, four units
 * percentAgreement(ratings); // 0.75
 */
export function percentAgreement(counts: UnitCounts, weights?: ArrayLike<number>): Estimate {
  let agreement = 0;
  let units = 0;
  counts.units.forEach((unit, at) => {
    if (unit.total < 2) return;
    const weight = weights?.[at] ?? 1;
    const same = unit.count.reduce((sum, count) => sum + count * (count - 1), 0);
    agreement += (weight * same) / (unit.total * (unit.total - 1));
    units += weight;
  });
  return units === 0 ? unknown('no unit has two ratings') : known(agreement / units);
}
