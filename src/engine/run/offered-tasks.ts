import type { Item } from '../../domain/item.ts';
import { hashText } from '../../files/content-hash.ts';
import type { OfferedTask } from '../../ports/allocation.ts';
import { expectedCost } from '../calls/cost.ts';
import type { PanelMember } from '../calls/model-endpoint.ts';

/** All tasks that raters could perform on an item, rater by rater in the order of the panel. */
export function offeredTasks(item: Item, panel: readonly PanelMember[]): OfferedTask[] {
  return panel.flatMap(({ rater, endpoint }) =>
    rater.tasks(item).map((task) => ({
      rater: rater.id,
      raterKind: rater.kind,
      family: rater.family,
      task,
      costUsd: task.calls === 0 ? 0 : taskCost(task, endpoint?.price ?? null),
    })),
  );
}

function taskCost(
  task: OfferedTask['task'],
  price: Parameters<typeof expectedCost>[2] | null,
): number | null {
  return price === null ? null : expectedCost(task.inputTokens, task.outputTokens, price, task.calls);
}

/** Key of a task within its item. */
export function taskName(rater: string, task: string): string {
  return JSON.stringify([rater, task]);
}

/** Hash of what raters see of an item; its metadata may change without repeating a task. */
export function itemHash({ id, prompt, candidates, reference, context, category }: Item): string {
  const shown = candidates.map((candidate) => [candidate.id, candidate.text, candidate.model ?? null]);
  return hashText(JSON.stringify([id, prompt, shown, reference ?? null, context ?? null, category ?? null]));
}

/** A recorded task is still valid when its fingerprint equals that of the task to perform. */
export function taskFingerprint(raterFingerprint: string, hashOfItem: string): string {
  return hashText(`${raterFingerprint}\n${hashOfItem}`).slice(0, 32);
}
