import { upperIncompleteGamma } from './incomplete-gamma.ts';

/**
 * Φ(z), the standard normal distribution function: erfc through the incomplete gamma function, accurate in both tails.
 * @example
 * normalCdf(1.96); // 0.975
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('normalCdf needs a number, received NaN');
  const tail = 0.5 * upperIncompleteGamma(0.5, (z * z) / 2);
  return z > 0 ? 1 - tail : tail;
}

/**
 * Density of the standard normal distribution: exp(-z²/2) / √(2π).
 * @example
 * normalPdf(0); // 0.3989
 */
export function normalPdf(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

const a = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
const c = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];

/**
 * Φ⁻¹(p). Acklam's rational approximation, then one Halley step: full double precision.
 * 0 and 1 give -Infinity and Infinity. @throws RangeError outside [0, 1].
 * @example
 * normalQuantile(0.975); // 1.96
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`normalQuantile needs 0 <= p <= 1, received ${p}`);
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const start = approximate(p);
  const error = (normalCdf(start) - p) / normalPdf(start);
  return start - error / (1 + (start * error) / 2);
}

function approximate(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(c, q) / (polynomial(d, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (polynomial(a, r) * q) / (polynomial(b, r) * r + 1);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
