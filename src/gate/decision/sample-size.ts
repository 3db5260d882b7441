import { minimumDetectableEffect, type PowerTarget, unitsNeeded } from '../../stats/testing/power.ts';
import type { Effect } from './hypothesis.ts';

/** What the present sample can detect, and how much larger it should be. */
export interface SampleSizeAdvice {
  /** Smallest true distance from the threshold that this many items detect with the target power; null without variance. */
  readonly minimumDetectableEffect: number | null;
  /** Further items needed if the true effect is as estimated; null if no number suffices or it is unknown. */
  readonly moreItems: number | null;
}

/** Minimum detectable effect and further items needed. The log-wealth of a betting test grows by about δ²/2σ² per item, so
 * it needs 2σ² ln(1/alpha) / δ² items on average (Waudby-Smith & Ramdas 2023); a fixed test needs (z_alpha + z_power)² σ²/δ².
 */
export function sampleSizeFor(
  { method, improvement, standardError }: Effect,
  threshold: number,
  items: number,
  target: PowerTarget,
): SampleSizeAdvice {
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

/** At least one: the present items have not decided. */
function beyond(needed: number, items: number): number | null {
  return Number.isFinite(needed) ? Math.max(1, needed - items) : null;
}
