import type { OfferedTask } from '../../ports/allocation.ts';

/**
 * Prices of tasks for choosing between them: US dollars where they are known. An unknown price is taken as the highest
 * known price per call, or 1 per call where none is known; it is never 0.
 */
export function pricesOf(offered: readonly OfferedTask[]): (one: OfferedTask) => number {
  let highest = 0;
  for (const { costUsd, task } of offered) {
    if (costUsd !== null && task.calls > 0) highest = Math.max(highest, costUsd / task.calls);
  }
  const perCall = highest > 0 ? highest : 1;
  return ({ costUsd, task }) =>
    costUsd !== null && (costUsd > 0 || task.calls === 0) ? costUsd : perCall * task.calls;
}
