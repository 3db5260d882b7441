import type { Item } from '../../domain/item.ts';
import type { RaterKind } from '../../domain/vote.ts';
import { ContentHash } from '../../files/content-hash.ts';
import type { Slice } from '../../ports/dispatcher.ts';
import type { SharedCalls } from '../../ports/rater.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { PanelMember } from '../calls/model-endpoint.ts';
import { type ItemNote, ItemNotes } from './item-notes.ts';
import { itemHash, taskFingerprint, taskName } from './offered-tasks.ts';
import { type TokenShares, taskCost } from './task-cost.ts';

/** The work of one rater, before any call is made. Numbers are for all tasks; an allocation may perform fewer. */
export interface RaterPlan {
  readonly rater: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  readonly tasks: number;
  /** Tasks that are recorded already and cost nothing. */
  readonly recorded: number;
  /** Tasks that it is not asked, being of the family of an author; not part of `tasks`. */
  readonly recused: number;
  /** Calls, tokens and money of what is not recorded. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where the price is unknown. */
  readonly lowUsd: number | null;
  readonly highUsd: number | null;
  /** Lower bound of the duration of its calls: by its rate limits, or by concurrency at `assumedLatencyMs`. */
  readonly minutes: number;
  /** Called through the batch API: at batch prices, and within the provider's time (a day at most). */
  readonly batched?: boolean;
}

/**
 * What a run would do: items, tasks and calls, without asking anything.
 * @example
 * const plan: RunPlan = await planJob(await loadJob('job.yaml'));
 */
export interface RunPlan {
  readonly items: number;
  /** Items on which no rater has a task: one candidate under pairwise judges, a missing reference. */
  readonly itemsWithoutTasks: number;
  /** What leaves less to judge than a reader of the file may expect. */
  readonly itemNotes: readonly ItemNote[];
  readonly tasks: number;
  readonly raters: readonly RaterPlan[];
  /** Hash of all tasks: equal hashes are the same work. */
  readonly workHash: string;
}

/** Assumed duration of a call, where no rate limit applies. */
export const assumedLatencyMs = 2000;
/** The low cost: fewer tokens than estimated, and replies of a quarter of the usual length. */
const lowShares: TokenShares = { input: 0.75, output: 0.25 };
/** The high cost: two characters a token, and every reply as long as its limit. */
const highShares: TokenShares = { input: 2, output: 'ceiling' };

const sliceItems = 64;

interface Sums {
  tasks: number;
  recorded: number;
  recused: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  lowUsd: number | null;
  highUsd: number | null;
}

/** Reads all items once, so that a broken file stops the run before any money is spent. */
export async function planRun(what: {
  readonly run: string;
  readonly items: AsyncIterable<Item> | Iterable<Item>;
  readonly panel: readonly PanelMember[];
  readonly concurrency: number;
  /** Null where nothing can have been recorded yet. */
  readonly store: RunStore | null;
}): Promise<RunPlan> {
  const { panel, store } = what;
  const sums = panel.map(
    (): Sums => ({
      ...{
        tasks: 0,
        recorded: 0,
        recused: 0,
        calls: 0,
        inputTokens: 0,
        outputTokens: 0,
        lowUsd: 0,
        highUsd: 0,
      },
    }),
  );
  const notes = new ItemNotes();
  let items = 0;
  let itemsWithoutTasks = 0;
  const work = new ContentHash();
  for (const { rater } of panel) work.add(JSON.stringify([rater.id, rater.fingerprint]));
  for await (const slice of slicesOf(what.items, sliceItems)) {
    const recorded = await recordedNames(what.run, slice.items, store);
    for (const item of slice.items) {
      items += 1;
      const hash = itemHash(item);
      work.add(hash);
      notes.add(item);
      let tasks = 0;
      const planned = new Set<string>();
      panel.forEach((member, index) => {
        const { rater } = member;
        const fingerprint = store === null ? '' : taskFingerprint(rater.fingerprint, hash);
        const sum = sums[index]!;
        sum.recused += rater.recusedTasks?.(item) ?? 0;
        for (const task of rater.tasks(item)) {
          tasks += 1;
          sum.tasks += 1;
          const name = taskName(rater.id, task.id);
          const paid = new Set(task.shared?.filter((one) => planned.has(taskName(one.rater, one.task))));
          for (const one of task.shared ?? []) planned.add(taskName(one.rater, one.task));
          planned.add(name);
          if (recorded.has(`${fingerprint}${item.id}\n${name}`)) {
            sum.recorded += 1;
            continue;
          }
          sum.calls += task.calls;
          sum.inputTokens += task.inputTokens;
          sum.outputTokens += task.outputTokens;
          for (const one of paid) {
            sum.calls -= one.calls;
            sum.inputTokens -= one.inputTokens;
            sum.outputTokens -= one.outputTokens;
          }
          const isPaid = (one: SharedCalls) => paid.has(one);
          sum.lowUsd = plus(sum.lowUsd, taskCost(task, member, lowShares, isPaid));
          sum.highUsd = plus(sum.highUsd, taskCost(task, member, highShares, isPaid));
        }
      });
      if (tasks === 0) itemsWithoutTasks += 1;
    }
  }
  const raters = panel.map((member, index) => raterPlan(member, sums[index]!, what.concurrency));
  const tasks = raters.reduce((sum, rater) => sum + rater.tasks, 0);
  return { items, itemsWithoutTasks, itemNotes: notes.list(), tasks, raters, workHash: work.digest() };
}

function plus(sum: number | null, more: number | null): number | null {
  return sum === null || more === null ? null : sum + more;
}

async function recordedNames(
  run: string,
  items: readonly Item[],
  store: RunStore | null,
): Promise<ReadonlySet<string>> {
  if (store === null) return new Set();
  const tasks = await store.tasksOf(
    run,
    items.map((item) => item.id),
  );
  return new Set(tasks.map((task) => `${task.fingerprint}${task.item}\n${taskName(task.rater, task.task)}`));
}

export function minutesAtConcurrency(calls: number, concurrency: number): number {
  return (calls * assumedLatencyMs) / concurrency / 60_000;
}

function raterPlan({ rater, endpoint }: PanelMember, sum: Sums, concurrency: number): RaterPlan {
  const { calls, inputTokens, outputTokens } = sum;
  const { rpm, tpm } = endpoint?.limits ?? {};
  const minutes = Math.max(
    minutesAtConcurrency(calls, concurrency),
    rpm === undefined ? 0 : calls / rpm,
    tpm === undefined ? 0 : (inputTokens + outputTokens) / tpm,
  );
  return {
    rater: rater.id,
    kind: rater.kind,
    model: rater.model,
    ...sum,
    minutes,
  };
}

/** Cuts a stream of items into slices of `size`, in order. */
export async function* slicesOf(
  items: AsyncIterable<Item> | Iterable<Item>,
  size: number,
): AsyncGenerator<Slice> {
  let start = 0;
  let slice: Item[] = [];
  for await (const item of items) {
    slice.push(item);
    if (slice.length === size) {
      yield { start, items: slice };
      start += size;
      slice = [];
    }
  }
  if (slice.length > 0) yield { start, items: slice };
}
