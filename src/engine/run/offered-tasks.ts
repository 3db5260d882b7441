import type { Item } from '../../domain/item.ts';
import { hashText } from '../../files/content-hash.ts';
import type { OfferedTask } from '../../ports/allocation.ts';
import type { PanelMember } from '../calls/model-endpoint.ts';
import { taskCost } from './task-cost.ts';

/** All tasks that raters could perform on an item, rater by rater in the order of the panel. */
export function offeredTasks(item: Item, panel: readonly PanelMember[]): OfferedTask[] {
  return panel.flatMap((member) =>
    member.rater.tasks(item).map((task) => ({
      rater: member.rater.id,
      raterKind: member.rater.kind,
      family: member.rater.family,
      task,
      costUsd: taskCost(task, member),
    })),
  );
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
