import type { Item } from '../../domain/item.ts';
import { hashText } from '../../files/content-hash.ts';
import type { OfferedTask } from '../../ports/allocation.ts';
import { expectedCost } from '../calls/cost.ts';
import type { PanelMember } from '../calls/model-endpoint.ts';

/** All looks that could be taken at an item: rater by rater in the order of the panel. */
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

/** Names a look within its item. */
export function taskName(rater: string, task: string): string {
  return JSON.stringify([rater, task]);
}

/** Hash of what raters see of an item; its metadata may change without asking again. */
export function itemHash({ id, prompt, candidates, reference, context, category }: Item): string {
  const shown = candidates.map((candidate) => [candidate.id, candidate.text, candidate.model ?? null]);
  return hashText(JSON.stringify([id, prompt, shown, reference ?? null, context ?? null, category ?? null]));
}

/** Tells whether a recorded look still answers the question that would be asked today. */
export function taskFingerprint(raterFingerprint: string, hashOfItem: string): string {
  return hashText(`${raterFingerprint}\n${hashOfItem}`).slice(0, 32);
}
