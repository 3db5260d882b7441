import { incompleteBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

/**
 * P(T <= t) for Student's t with `degrees` > 0 degrees of freedom.
 * @example
 * studentCdf(2, 10); // 0.9633
 */
export function studentCdf(t: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(t))
    throw new RangeError(`studentCdf needs degrees > 0, received ${degrees}, t ${t}`);
  const tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/**
 * The p-quantile of Student's t: bisection around the normal quantile.
 * @example
 * studentQuantile(0.975, 10); // 2.228
 */
export function studentQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  if (p === 1) return Infinity;
  let low = 0;
  let high = Math.max(1, normalQuantile(p));
  while (studentCdf(high, degrees) < p) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step += 1) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
