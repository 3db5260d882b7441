import { minimumDetectableEffect, type PowerTarget, unitsNeeded } from '../../stats/testing/power.ts';
import type { Measured } from './measured.ts';

export interface Reach {
  /** Smallest true distance from the threshold that as many items find with the wanted power; null without a spread. */
  readonly minimumDetectableEffect: number | null;
  /** Items needed beyond these if the truth is as measured; null where no number would do or nothing tells. */
  readonly moreItems: number | null;
}

/**
 * What as many items can find, and how many more would decide. A betting test's wealth grows by about δ²/2σ² an item, so
 * that it needs 2σ² ln(1/alpha) / δ² of them on average (Waudby-Smith & Ramdas 2023); a fixed test (z_alpha + z_power)² σ²/δ².
 */
export function reachOf(
  { method, improvement, standardError }: Measured,
  threshold: number,
  items: number,
  target: PowerTarget,
): Reach {
  if (standardError === null || standardError === 0)
    return { minimumDetectableEffect: null, moreItems: null };
  const distance = Math.abs(improvement - threshold);
  if (method === 'betting') {
    const smallest = Math.sqrt(2 * Math.log(1 / target.alpha)) * standardError;
    const needed = Math.ceil(items * (smallest / distance) ** 2);
    return { minimumDetectableEffect: smallest, moreItems: beyond(needed, items) };
  }
  return {
    minimumDetectableEffect: minimumDetectableEffect(standardError, target),
    moreItems: beyond(unitsNeeded(distance, { units: items, standardError }, target), items),
  };
}

/** At least one: as many as there are have not decided. */
function beyond(needed: number, items: number): number | null {
  return Number.isFinite(needed) ? Math.max(1, needed - items) : null;
}
