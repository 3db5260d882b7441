import type { Item } from '../../domain/item.ts';
import type { RaterKind } from '../../domain/vote.ts';
import { ContentHash } from '../../files/content-hash.ts';
import type { Slice } from '../../ports/dispatcher.ts';
import type { RaterTask } from '../../ports/rater.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { expectedCost } from '../calls/cost.ts';
import type { PanelMember } from '../calls/model-endpoint.ts';
import { itemHash, taskFingerprint, taskName } from './offered-tasks.ts';

/** The work of one rater, before any call is made. Numbers are for all tasks; an allocation may perform fewer. */
export interface RaterPlan {
  readonly rater: string;
  readonly kind: RaterKind;
  readonly model: string | null;
  readonly tasks: number;
  /** Tasks that are recorded already and cost nothing. */
  readonly recorded: number;
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

export interface RunPlan {
  readonly items: number;
  /** Items on which no rater has a task: one candidate under pairwise judges, a missing reference. */
  readonly itemsWithoutTasks: number;
  readonly tasks: number;
  readonly raters: readonly RaterPlan[];
  /** Hash of all tasks: equal hashes are the same work. */
  readonly workHash: string;
}

/** Assumed duration of a call, where no rate limit applies. */
export const assumedLatencyMs = 2000;
/** Relative error of a token count estimated from characters, and the share of its limit that a short reply uses. */
const tokenError = 0.25;
const shortestReply = 0.25;

const sliceItems = 64;

interface Sums {
  tasks: number;
  recorded: number;
  calls: number;
  inputTokens: number;
  outputTokens: number;
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
  const sums = panel.map((): Sums => ({ tasks: 0, recorded: 0, calls: 0, inputTokens: 0, outputTokens: 0 }));
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
      let tasks = 0;
      const planned = new Set<string>();
      panel.forEach(({ rater }, index) => {
        const fingerprint = store === null ? '' : taskFingerprint(rater.fingerprint, hash);
        const sum = sums[index]!;
        for (const task of rater.tasks(item)) {
          tasks += 1;
          sum.tasks += 1;
          const name = taskName(rater.id, task.id);
          const known = sharedAlready(task, planned);
          planned.add(name);
          if (recorded.has(`${fingerprint}${item.id}\n${name}`)) {
            sum.recorded += 1;
            continue;
          }
          sum.calls += task.calls - known.calls;
          sum.inputTokens += task.inputTokens - known.inputTokens;
          sum.outputTokens += task.outputTokens - known.outputTokens;
        }
      });
      if (tasks === 0) itemsWithoutTasks += 1;
    }
  }
  const raters = panel.map((member, index) => raterPlan(member, sums[index]!, what.concurrency));
  const tasks = raters.reduce((sum, rater) => sum + rater.tasks, 0);
  return { items, itemsWithoutTasks, tasks, raters, workHash: work.digest() };
}

const nothing = { calls: 0, inputTokens: 0, outputTokens: 0 };

/** The shared calls of a task that another task already planned; its other shared calls count as planned from now on. */
function sharedAlready({ shared }: RaterTask, planned: Set<string>): typeof nothing {
  if (shared === undefined) return nothing;
  const known = { ...nothing };
  for (const { rater, task, calls, inputTokens, outputTokens } of shared) {
    const name = taskName(rater, task);
    if (planned.has(name)) {
      known.calls += calls;
      known.inputTokens += inputTokens;
      known.outputTokens += outputTokens;
    }
    planned.add(name);
  }
  return known;
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
  const price = endpoint?.price ?? null;
  const usd = (input: number, output: number) =>
    calls === 0 ? 0 : price === null ? null : expectedCost(input, output, price, calls);
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
    lowUsd: usd(inputTokens * (1 - tokenError), outputTokens * shortestReply),
    highUsd: usd(inputTokens * (1 + tokenError), outputTokens),
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
