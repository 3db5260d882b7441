import { normalQuantile } from '../special/normal.ts';

export interface PowerTarget {
  /** One-sided error. */
  readonly alpha: number;
  readonly power: number;
}

/** The smallest true distance from the margin that is found with the wanted power: (z_(1-alpha) + z_power) · error (Lachin 1981). */
export function minimumDetectableEffect(standardError: number, { alpha, power }: PowerTarget): number {
  return (normalQuantile(1 - alpha) + normalQuantile(power)) * standardError;
}

/**
 * Units needed in all for `effect`, when `units` gave `standardError` and more units come in like clusters: the error
 * falls with the root of their number. Infinity for an effect of 0 or less: no number decides it.
 */
export function unitsNeeded(
  effect: number,
  { units, standardError }: { readonly units: number; readonly standardError: number },
  target: PowerTarget,
): number {
  if (effect <= 0) return Infinity;
  return Math.ceil(units * (minimumDetectableEffect(standardError, target) / effect) ** 2);
}
