/**
 * Bonferroni (1936), Holm (1979), Benjamini & Hochberg (1995), Benjamini & Yekutieli (2001).
 * @example
 * const correction: Correction = 'holm';
 */
export type Correction = 'bonferroni' | 'holm' | 'benjamini-hochberg' | 'benjamini-yekutieli';

/**
 * Adjusted p-values in the order given: reject where adjusted <= level. Bonferroni and Holm (1979) hold the family-wise
 * error, Benjamini-Hochberg (1995) the false discovery rate of independent or positively dependent tests,
 * Benjamini-Yekutieli (2001) under any dependence. @throws RangeError for a p-value outside [0, 1].
 * @example
 * adjustPValues([0.01, 0.04, 0.03], 'holm'); // [0.03, 0.06, 0.06]
 */
export function adjustPValues(pValues: readonly number[], correction: Correction): number[] {
  for (const p of pValues)
    if (!(p >= 0 && p <= 1)) throw new RangeError(`a p-value lies in [0, 1], received ${p}`);
  const m = pValues.length;
  if (correction === 'bonferroni') return pValues.map((p) => Math.min(1, p * m));
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(m).fill(1);
  if (correction === 'holm') {
    let highest = 0;
    order.forEach((at, rank) => {
      highest = Math.max(highest, Math.min(1, (m - rank) * pValues[at]!));
      adjusted[at] = highest;
    });
    return adjusted;
  }
  const harmonic =
    correction === 'benjamini-yekutieli' ? order.reduce((sum, _, k) => sum + 1 / (k + 1), 0) : 1;
  let lowest = 1;
  for (let rank = m; rank >= 1; rank -= 1) {
    const at = order[rank - 1]!;
    lowest = Math.min(lowest, (m * harmonic * pValues[at]!) / rank);
    adjusted[at] = lowest;
  }
  return adjusted;
}

/**
 * Serial gatekeeping (Westfall & Krishen 2001; Dmitrienko 2003): families of hypotheses in order of importance. A family
 * is tested by Holm at the full level, and only if every hypothesis of all families before it was rejected.
 * Holds the family-wise error over everything. One hypothesis a family is fixed-sequence testing.
 * @returns adjusted p-values in the shape given: reject where adjusted <= level
 * @example
 * gatekeep([[0.01, 0.02], [0.03]]); // [[0.02, 0.02], [0.03]]
 */
export function gatekeep(families: readonly (readonly number[])[]): number[][] {
  let gate = 0;
  return families.map((family) => {
    const adjusted = adjustPValues(family, 'holm').map((p) => Math.max(p, gate));
    gate = Math.max(gate, ...adjusted);
    return adjusted;
  });
}
