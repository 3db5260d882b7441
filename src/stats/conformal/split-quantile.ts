import { type Estimate, known, unknown } from '../estimate.ts';

/**
 * Split conformal quantile (Vovk et al. 2005; Angelopoulos & Bates 2021): the ceil((n+1)(1-alpha))-th smallest
 * calibration score. P(new score <= it) >= 1 - alpha. Undefined (it would be infinite) where alpha < 1/(n+1).
 */
export function splitConformalQuantile(
  scores: ArrayLike<number>,
  alpha: number,
): Estimate<{ readonly threshold: number; readonly rank: number }> {
  // rounding keeps (9 + 1) · (1 - 0.1) from becoming 9.000000000000002
  const rank = Math.ceil(Number(((scores.length + 1) * (1 - alpha)).toPrecision(12)));
  if (rank > scores.length)
    return unknown(`${scores.length} calibration scores are too few for alpha ${alpha}`);
  const sorted = Float64Array.from(scores).sort();
  return known({ threshold: sorted[Math.max(1, rank) - 1]!, rank });
}
