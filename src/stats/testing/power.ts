import { normalQuantile } from '../special/normal.ts';

/**
 * The errors that a test may make: a false alarm with probability `alpha`, a miss with 1 - `power`.
 * @example
 * const target: PowerTarget = { alpha: 0.05, power: 0.8 };
 */
export interface PowerTarget {
  /** One-sided error. */
  readonly alpha: number;
  readonly power: number;
}

/**
 * The smallest true distance from the margin that is found with the wanted power: (z_(1-alpha) + z_power) · error (Lachin 1981).
 * @example
 * minimumDetectableEffect(0.02, { alpha: 0.05, power: 0.8 }); // 0.04973
 */
export function minimumDetectableEffect(standardError: number, { alpha, power }: PowerTarget): number {
  return (normalQuantile(1 - alpha) + normalQuantile(power)) * standardError;
}

/**
 * Units needed in all for `effect`, when `units` gave `standardError` and more units come in like clusters: the error
 * falls with the root of their number. Infinity for an effect of 0 or less: no number decides it.
 * Lachin (1981).
 * @example
 * unitsNeeded(0.03, { units: 200, standardError: 0.02 }, { alpha: 0.05, power: 0.8 }); // 550
 */
export function unitsNeeded(
  effect: number,
  { units, standardError }: { readonly units: number; readonly standardError: number },
  target: PowerTarget,
): number {
  if (effect <= 0) return Infinity;
  return Math.ceil(units * (minimumDetectableEffect(standardError, target) / effect) ** 2);
}
