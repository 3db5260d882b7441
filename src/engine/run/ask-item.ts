import type { LimitFunction } from 'p-limit';
import { BudgetError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Allocation, OfferedTask } from '../../ports/allocation.ts';
import type { RecordedTask, RunStore } from '../../ports/run-store.ts';
import type { Budget } from '../calls/budget.ts';
import type { Caller } from '../calls/caller.ts';
import type { ModelEndpoint, PanelMember } from '../calls/model-endpoint.ts';
import type { RunControl } from '../calls/run-control.ts';
import type { Tally } from '../calls/tally.ts';
import type { FinishedItems } from './finished-items.ts';
import { itemHash, offeredTasks, taskFingerprint, taskName } from './offered-tasks.ts';
import { performTask } from './perform-task.ts';
import type { Refusals } from './refusals.ts';

/** What all items of a run share. */
export interface ItemWork {
  readonly run: string;
  readonly panel: readonly PanelMember[];
  readonly allocation: Allocation;
  readonly store: RunStore;
  readonly budget: Budget;
  readonly control: RunControl;
  readonly tally: Tally;
  readonly refusals: Refusals;
  readonly finished: FinishedItems;
  readonly retryErrors: boolean;
  readonly callerOf: (endpoint: ModelEndpoint) => Caller;
  /** Bounds the tasks under way at one endpoint, so that prompts are built only shortly before they are sent. */
  readonly taskSlotsOf: (endpoint: ModelEndpoint | null) => LimitFunction;
}

/** Performs the tasks of one item, round by round, until its allocation stops. Recorded tasks are not repeated. */
export async function askItem(
  item: Item,
  index: number,
  recorded: readonly RecordedTask[],
  work: ItemWork,
): Promise<void> {
  const { panel, budget, refusals, tally } = work;
  const members = new Map(panel.map((member) => [member.rater.id, member]));
  const hash = itemHash(item);
  const fingerprints = new Map(
    panel.map(({ rater }) => [rater.id, taskFingerprint(rater.fingerprint, hash)]),
  );
  const known = new Map<string, RecordedTask>();
  for (const task of recorded) {
    if (task.fingerprint !== fingerprints.get(task.rater)) continue;
    if (work.retryErrors && task.votes.some((vote) => vote.outcome === 'error')) continue;
    known.set(taskName(task.rater, task.task), task);
    budget.chargeItem(item.id, task.costUsd ?? 0);
  }
  const offered = offeredTasks(item, panel);

  const perform = async (offer: OfferedTask): Promise<RecordedTask | BudgetError> => {
    const name = taskName(offer.rater, offer.task.id);
    const before = known.get(name);
    if (before !== undefined) return before;
    const member = members.get(offer.rater)!;
    try {
      const performed = await work.taskSlotsOf(member.endpoint)(() => {
        work.control.signal.throwIfAborted();
        return performTask({
          member,
          task: offer.task,
          item,
          fingerprint: fingerprints.get(offer.rater)!,
          budget,
          callerOf: work.callerOf,
          signal: work.control.callSignal,
        });
      });
      await work.store.recordTask(work.run, performed);
      known.set(name, performed);
      return performed;
    } catch (error) {
      if (error instanceof BudgetError && error.scope !== 'run') return error;
      throw error;
    }
  };

  await work.finished.waitFor(work.allocation.waitsFor(index), work.control.signal);
  // A rater whose budget is spent is excluded; the allocation starts again without it, on the votes recorded so far.
  for (let restart = true; restart; ) {
    restart = false;
    const open = offered.filter(
      (offer) =>
        known.has(taskName(offer.rater, offer.task.id)) || !refusals.isExcluded(offer.rater, item.id),
    );
    const asking = work.allocation.begin(item, index, open);
    for (let round = asking.next(); round.length > 0 && !restart; round = restart ? [] : asking.next()) {
      const tasks = await allOrFirstError(round.map(perform));
      tasks.forEach((task, place) => {
        const offer = round[place]!;
        if (task instanceof BudgetError) {
          refusals.add(task, offer.rater, item.id);
          restart = true;
        } else {
          asking.record(offer, task.votes, task.costUsd);
        }
      });
    }
  }
  refusals.countMissing(
    offered.filter((offer) => !known.has(taskName(offer.rater, offer.task.id))),
    item.id,
  );
  budget.closeItem(item.id);
  work.finished.finish(index);
  tally.itemsDone += 1;
  for (const task of known.values()) tally.votes += task.votes.length;
  tally.tasksDone += known.size;
}

/** Waits for all even when one fails: calls in flight are paid for and must be recorded. */
async function allOrFirstError<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
