/**
 * ln of Fisher's noncentral hypergeometric law: `marked` of `size` balls are marked, `drawn` are drawn, and marked
 * ones come with odds ω. P(x) ∝ C(marked, x) · C(size - marked, drawn - x) · ω^x. One value for each ln ω.
 * Both margins are given, so the number of draws carries no information.
 * @example
 * logNoncentralHypergeometric(3, { size: 10, marked: 5, drawn: 4 }, [0, Math.log(4)]); // [-1.435, -0.675]
 */
export function logNoncentralHypergeometric(
  x: number,
  table: { readonly size: number; readonly marked: number; readonly drawn: number },
  logOdds: readonly number[],
): number[] {
  const { size, marked, drawn } = table;
  const low = Math.max(0, drawn - (size - marked));
  const high = Math.min(marked, drawn);
  if (x < low || x > high) throw new RangeError(`x must be in [${low}, ${high}], received ${x}`);
  // ln of the central weights, up to a constant that cancels
  const weights = new Float64Array(high - low + 1);
  for (let at = low; at < high; at += 1) {
    const ratio = ((marked - at) * (drawn - at)) / ((at + 1) * (size - marked - drawn + at + 1));
    weights[at + 1 - low] = weights[at - low]! + Math.log(ratio);
  }
  return logOdds.map((slope) => {
    let highest = -Infinity;
    for (let at = 0; at < weights.length; at += 1) highest = Math.max(highest, weights[at]! + at * slope);
    let sum = 0;
    for (let at = 0; at < weights.length; at += 1) sum += Math.exp(weights[at]! + at * slope - highest);
    return weights[x - low]! + (x - low) * slope - highest - Math.log(sum);
  });
}
