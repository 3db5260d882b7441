import { type Estimate, known, unknown } from '../estimate.ts';
import { agreementWeight, type UnitCounts, type WeightScheme } from './unit-counts.ts';

/**
 * Gwet's AC1 (nominal) or AC2 (weighted): (observed - expected) / (1 - expected).
 * @example
 * const agreement: GwetAgreement = { coefficient: 0.529, observed: 0.75, expected: 0.469 };
 */
export interface GwetAgreement {
  readonly coefficient: number;
  readonly observed: number;
  readonly expected: number;
}

/**
 * Gwet's AC1 (identity weights) and AC2 (2008; 2014): chance = T_w Σ π(1-π) / (q(q-1)), so that a skewed margin does
 * not turn near-perfect agreement into kappa 0. Observed agreement over units with two ratings, margins over all.
 * q counts the declared values. Undefined when no unit has two ratings or q < 2.
 * @example
 * const ratings = countUnits([[1, 1], [1, 0], [0, 0], [1, 1]]); // two raters, four units
 * gwetAgreement(ratings, 'identity'); // coefficient 0.529, observed 0.75
 */
export function gwetAgreement(
  counts: UnitCounts,
  scheme: WeightScheme = 'identity',
  weights?: ArrayLike<number>,
): Estimate<GwetAgreement> {
  const { values, units } = counts;
  if (values.length < 2) return unknown('only one value occurs');
  const range = values.at(-1)! - values[0]!;
  const weight = (a: number, b: number) => agreementWeight(scheme, values[a]!, values[b]!, range);
  const share = new Float64Array(values.length);
  let agreement = 0;
  let rated = 0;
  let paired = 0;
  units.forEach((unit, at) => {
    const times = weights?.[at] ?? 1;
    if (unit.total === 0 || times === 0) return;
    rated += times;
    unit.value.forEach((value, k) => {
      share[value]! += (times * unit.count[k]!) / unit.total;
    });
    if (unit.total < 2) return;
    paired += times;
    let same = 0;
    unit.value.forEach((value, k) => {
      const near = unit.value.reduce((sum, other, j) => sum + weight(value, other) * unit.count[j]!, 0);
      same += unit.count[k]! * (near - 1);
    });
    agreement += (times * same) / (unit.total * (unit.total - 1));
  });
  if (paired === 0) return unknown('no unit has two ratings');
  let totalWeight = 0;
  for (let a = 0; a < values.length; a += 1)
    for (let b = 0; b < values.length; b += 1) totalWeight += weight(a, b);
  const spread = share.reduce((sum, count) => sum + (count / rated) * (1 - count / rated), 0);
  const observed = agreement / paired;
  const expected = (totalWeight * spread) / (values.length * (values.length - 1));
  return known({ coefficient: (observed - expected) / (1 - expected), observed, expected });
}
