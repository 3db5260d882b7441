import type { OfferedLook } from '../../ports/allocation.ts';

/**
 * What looks cost for the purpose of choosing: US dollars where they are known. An unknown price is taken to be the
 * highest known one per call, or one a call where none is known; it is never 0.
 */
export function pricesOf(offered: readonly OfferedLook[]): (one: OfferedLook) => number {
  let highest = 0;
  for (const { costUsd, look } of offered) {
    if (costUsd !== null && look.calls > 0) highest = Math.max(highest, costUsd / look.calls);
  }
  const perCall = highest > 0 ? highest : 1;
  return ({ costUsd, look }) =>
    costUsd !== null && (costUsd > 0 || look.calls === 0) ? costUsd : perCall * look.calls;
}
