/** Numerically safe logistic function. */
export function logistic(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/**
 * The one slope that makes `logistic(slope x score)` most likely for the targets, under a Gamma-like pull towards 0:
 * few labels give humble probabilities. Newton steps on a concave function; the slope is never negative.
 */
export function fitTemperature(scores: readonly number[], targets: readonly number[], pull = 1): number {
  let slope = 0;
  for (let step = 0; step < 50; step += 1) {
    let gradient = -pull * slope;
    let curvature = pull;
    for (const [index, score] of scores.entries()) {
      const p = logistic(slope * score);
      gradient += (targets[index]! - p) * score;
      curvature += p * (1 - p) * score * score;
    }
    const next = Math.max(0, slope + gradient / curvature);
    if (Math.abs(next - slope) < 1e-9) return next;
    slope = next;
  }
  return slope;
}
