import { logGamma } from './gamma.ts';

const epsilon = 1e-16;
const tiny = 1e-300;

/**
 * Q(a, x) = Γ(a, x) / Γ(a), the upper regularised incomplete gamma function, a > 0, x >= 0 (Abramowitz & Stegun 6.5).
 * @example
 * upperIncompleteGamma(1, 2); // 0.1353
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0))
    throw new RangeError(`upperIncompleteGamma needs a > 0 and x >= 0, received ${a}, ${x}`);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/**
 * P(chi-square with `degrees` degrees of freedom > `statistic`).
 * @example
 * chiSquareUpperTail(3.84, 1); // 0.05004
 */
export function chiSquareUpperTail(statistic: number, degrees: number): number {
  return upperIncompleteGamma(degrees / 2, statistic / 2);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < 10_000; step += 1) {
    term *= x / (a + step);
    sum += term;
    if (Math.abs(term) < Math.abs(sum) * epsilon) break;
  }
  return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/** Lentz's continued fraction. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let step = 1; step < 10_000; step += 1) {
    const numerator = -step * (step - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) < epsilon) break;
  }
  return fraction * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

function nonZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
