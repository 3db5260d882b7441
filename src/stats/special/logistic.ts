/**
 * 1 / (1 + e^-x), without overflow.
 * @example
 * sigmoid(2); // 0.8808
 */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const exponential = Math.exp(x);
  return exponential / (1 + exponential);
}

/**
 * ln(p / (1 - p)); p is kept at least `margin` away from 0 and 1.
 * @example
 * logit(0.9); // 2.197
 */
export function logit(p: number, margin = 1e-12): number {
  const inside = Math.min(1 - margin, Math.max(margin, p));
  return Math.log(inside / (1 - inside));
}

/**
 * ln(1 + e^x), without overflow.
 * @example
 * softplus(0); // 0.6931
 */
export function softplus(x: number): number {
  return x > 30 ? x : Math.log1p(Math.exp(x));
}
