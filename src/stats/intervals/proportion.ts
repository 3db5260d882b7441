import type { Interval } from '../estimate.ts';
import { betaQuantile } from '../special/incomplete-beta.ts';
import { normalQuantile } from '../special/normal.ts';

/**
 * Intervals for a proportion, k successes of n > 0, two-sided error alpha. Brown, Cai & DasGupta (2001) compare them.
 * @example
 * wilsonInterval(8, 10); // { low: 0.490, high: 0.943 }
 */
export function wilsonInterval(k: number, n: number, alpha = 0.05): Interval {
  check(k, n, alpha);
  const z = normalQuantile(1 - alpha / 2);
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { low: k === 0 ? 0 : Math.max(0, centre - half), high: k === n ? 1 : Math.min(1, centre + half) };
}

/**
 * Clopper & Pearson (1934): never covers less than 1 - alpha.
 * @example
 * clopperPearsonInterval(8, 10); // { low: 0.444, high: 0.975 }
 */
export function clopperPearsonInterval(k: number, n: number, alpha = 0.05): Interval {
  check(k, n, alpha);
  return {
    low: k === 0 ? 0 : betaQuantile(alpha / 2, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - alpha / 2, k + 1, n - k),
  };
}

/**
 * One-sided upper bound: P(proportion <= bound) >= 1 - delta. 1 where k = n.
 * Clopper & Pearson (1934).
 * @example
 * clopperPearsonUpper(0, 60, 0.05); // 0.0487
 */
export function clopperPearsonUpper(k: number, n: number, delta: number): number {
  check(k, n, delta);
  return k === n ? 1 : betaQuantile(1 - delta, k + 1, n - k);
}

/**
 * Equal-tailed posterior of Beta(1/2, 1/2), without the usual end corrections at 0 and n.
 * @example
 * jeffreysInterval(87, 100); // { low: 0.7938, high: 0.9251 }
 */
export function jeffreysInterval(k: number, n: number, alpha = 0.05): Interval {
  check(k, n, alpha);
  return {
    low: betaQuantile(alpha / 2, k + 0.5, n - k + 0.5),
    high: betaQuantile(1 - alpha / 2, k + 0.5, n - k + 0.5),
  };
}

/**
 * Agresti & Coull (1998): add z²/2 successes and failures, then Wald; clipped to [0, 1].
 * @example
 * agrestiCoullInterval(87, 100); // { low: 0.7888, high: 0.9238 }
 */
export function agrestiCoullInterval(k: number, n: number, alpha = 0.05): Interval {
  check(k, n, alpha);
  const z = normalQuantile(1 - alpha / 2);
  const size = n + z * z;
  const p = (k + (z * z) / 2) / size;
  const half = z * Math.sqrt((p * (1 - p)) / size);
  return { low: Math.max(0, p - half), high: Math.min(1, p + half) };
}

function check(k: number, n: number, alpha: number): void {
  if (!(n > 0) || !(k >= 0 && k <= n) || !(alpha > 0 && alpha < 1)) {
    throw new RangeError(
      `an interval needs 0 <= k <= n, n > 0 and 0 < alpha < 1, received k ${k}, n ${n}, alpha ${alpha}`,
    );
  }
}
