import { adjustPValues } from './adjust-p-values.ts';

/**
 * Serial gatekeeping (Westfall & Krishen 2001; Dmitrienko 2003): families of hypotheses in order of importance. A family
 * is tested by Holm at the full level, and only if every hypothesis of all families before it was rejected.
 * Holds the family-wise error over everything. One hypothesis a family is fixed-sequence testing.
 * @returns adjusted p-values in the shape given: reject where adjusted <= level
 */
export function gatekeep(families: readonly (readonly number[])[]): number[][] {
  let gate = 0;
  return families.map((family) => {
    const adjusted = adjustPValues(family, 'holm').map((p) => Math.max(p, gate));
    gate = Math.max(gate, ...adjusted);
    return adjusted;
  });
}
