import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { RecordedTask, RunStore } from '../../ports/run-store.ts';
import type { PanelMember } from '../calls/model-endpoint.ts';
import { itemHash, taskFingerprint, taskName } from './offered-tasks.ts';
import { slicesOf } from './plan.ts';

const sliceItems = 64;

/**
 * The recorded votes of a run, streamed: by item in the order of the file, by rater in the order of the panel, by task in
 * the rater's order. Votes of an earlier panel or of an earlier text of the item are left out.
 */
export async function* recordedVotes(
  run: string,
  items: AsyncIterable<Item> | Iterable<Item>,
  panel: readonly PanelMember[],
  store: RunStore,
): AsyncGenerator<Vote> {
  for await (const slice of slicesOf(items, sliceItems)) {
    const tasks = await store.tasksOf(
      run,
      slice.items.map((item) => item.id),
    );
    const byItem = new Map(slice.items.map((item) => [item.id, new Map<string, RecordedTask>()]));
    for (const task of tasks) byItem.get(task.item)?.set(taskName(task.rater, task.task), task);
    for (const item of slice.items) {
      yield* votesOf(item, byItem.get(item.id)!, panel);
    }
  }
}

function* votesOf(
  item: Item,
  tasks: ReadonlyMap<string, RecordedTask>,
  panel: readonly PanelMember[],
): Generator<Vote> {
  const hash = itemHash(item);
  for (const { rater } of panel) {
    const fingerprint = taskFingerprint(rater.fingerprint, hash);
    for (const task of rater.tasks(item)) {
      const recorded = tasks.get(taskName(rater.id, task.id));
      if (recorded?.fingerprint === fingerprint) yield* recorded.votes;
    }
  }
}
