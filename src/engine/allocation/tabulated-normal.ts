import { normalCdf } from '../../stats/special/normal.ts';

const limit = 8;
const perUnit = 256;
const table = Float64Array.from({ length: 2 * limit * perUnit + 2 }, (_, i) =>
  normalCdf(i / perUnit - limit),
);

/** Φ(z) by linear interpolation: right to 2e-6, and many times quicker; planning looks it up millions of times. */
export function quickNormalCdf(z: number): number {
  if (z <= -limit) return 0;
  if (z >= limit) return 1;
  const place = (z + limit) * perUnit;
  const at = Math.floor(place);
  return table[at]! + (place - at) * (table[at + 1]! - table[at]!);
}
