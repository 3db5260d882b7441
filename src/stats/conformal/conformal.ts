import { type Estimate, known, unknown } from '../estimate.ts';

/**
 * Conformal risk control (Angelopoulos et al. 2022, eq. 4) for "keep it and be wrong": the smallest confidence
 * threshold t with n/(n+1) · R(t) + B/(n+1) <= alpha, R(t) = share with confidence >= t and wrong, B = 1.
 * Then E[kept and wrong] <= alpha on exchangeable new data (of all decisions, not of the kept ones).
 * Undefined where no threshold of the calibration set reaches it.
 * @example
 * riskControlThreshold([0.9, 0.8, 0.7, 0.6, 0.5], [1, 1, 1, 1, 0], 0.2); // 0.6
 */
export function riskControlThreshold(
  confidences: ArrayLike<number>,
  correct: ArrayLike<number>,
  alpha: number,
): Estimate {
  const n = confidences.length;
  const order = Array.from({ length: n }, (_, index) => index).sort(
    (a, b) => confidences[b]! - confidences[a]!,
  );
  let threshold: number | null = null;
  let wrong = 0;
  for (let rank = 0; rank < n; ) {
    const confidence = confidences[order[rank]!]!;
    while (rank < n && confidences[order[rank]!] === confidence) {
      wrong += 1 - correct[order[rank]!]!;
      rank += 1;
    }
    // tolerance: 2/10 may not exceed an alpha of 0.2 by a rounding error
    if ((wrong + 1) / (n + 1) > alpha + 1e-12) break;
    threshold = confidence;
  }
  return threshold === null
    ? unknown(`no threshold keeps the risk at ${alpha} with ${n} calibration decisions`)
    : known(threshold);
}

/**
 * Split conformal quantile (Vovk et al. 2005; Angelopoulos & Bates 2021): the ceil((n+1)(1-alpha))-th smallest
 * calibration score. P(new score <= it) >= 1 - alpha. Undefined (it would be infinite) where alpha < 1/(n+1).
 * @example
 * splitConformalQuantile([0.1, 0.2, 0.3, 0.4, 0.5], 0.2); // { threshold: 0.5, rank: 5 }
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
