import pLimit, { type LimitFunction } from 'p-limit';
import { BudgetError } from '../../domain/budget-error.ts';
import { ConfigError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Allocation } from '../../ports/allocation.ts';
import { batchOf } from '../../ports/batch-model.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Dispatcher, Slice } from '../../ports/dispatcher.ts';
import type { Progress } from '../../ports/progress.ts';
import type { RecordedTask, RunStore } from '../../ports/run-store.ts';
import { BatchQueue } from '../calls/batch/batch-queue.ts';
import { finishOpenBatches } from '../calls/batch/finish-open-batches.ts';
import { Budget } from '../calls/budget.ts';
import { Caller } from '../calls/caller.ts';
import type { ModelEndpoint, PanelMember } from '../calls/model-endpoint.ts';
import { RunControl } from '../calls/run-control.ts';
import { Tally } from '../calls/tally.ts';
import { askItem, type ItemWork } from './ask-item.ts';
import { FinishedItems } from './finished-items.ts';
import { inProcessDispatcher } from './in-process-dispatcher.ts';
import { Refusals } from './refusals.ts';
import { slicesOf } from './slices.ts';

export interface RunInput {
  /** Names the run in the store; the same name continues it. */
  readonly run: string;
  readonly items: () => AsyncIterable<Item> | Iterable<Item>;
  /** How many items and looks there are, for the progress. */
  readonly total: { readonly items: number; readonly tasks: number };
  readonly panel: readonly PanelMember[];
  readonly allocation: Allocation;
  readonly store: RunStore;
  readonly dispatcher?: Dispatcher;
  /** The most that the run, or one item of it, may cost; null is no limit. */
  readonly budget: { readonly maxUsd: number | null; readonly perItemUsd: number | null };
  /** Calls in flight, at most. */
  readonly concurrency: number;
  /** Names the work, so that a run that finished it is not walked through again; it always is without one. */
  readonly workHash?: string;
  /** Lanes that are asked in batches; absent means none. Their models must have a batch interface. */
  readonly batched?: ReadonlySet<ModelEndpoint>;
  /** Ask again what ended in an error vote. */
  readonly retryErrors: boolean;
  readonly clock: Clock;
  readonly progress?: Progress;
  /** Aborted to stop cleanly: what is in flight comes home and is recorded. */
  readonly signal: AbortSignal;
}

/** How a run ended, when nothing broke. */
export interface RunEnd {
  /** Null when everything that the allocation wanted was asked. */
  readonly refused: BudgetError | null;
  /** Looks not taken for want of money, by rater. */
  readonly missing: ReadonlyMap<string, number>;
  readonly items: number;
  /** Calls paid now, and replies served from the record. */
  readonly calls: number;
  readonly cached: number;
}

const sliceItems = 16;

/**
 * Asks the panel about every item and records each vote. Continues what an earlier process began.
 * Reaching a budget is an outcome; everything else that ends it early is thrown, once nothing is in flight.
 * @throws ConfigError, InputError, StoreError, ProviderError, or the signal's reason.
 */
export async function run(input: RunInput): Promise<RunEnd> {
  const { store, panel, budget: limits, signal } = input;
  requirePrices(panel, limits);
  await store.claim(input.run);
  const { workHash } = input;
  if (workHash !== undefined && !input.retryErrors && (await store.finished(input.run)) === workHash) {
    return { refused: null, missing: new Map(), items: input.total.items, calls: 0, cached: 0 };
  }
  const endpoints = new Set(
    panel.flatMap(({ endpoint, others }) => [...(endpoint ? [endpoint] : []), ...others.values()]),
  );
  await finishOpenBatches(input, endpoints);
  const spending = await store.spending(input.run);
  const raterBudgets = new Map(
    panel.flatMap(({ rater, raterBudget }) =>
      raterBudget === null ? [] : [[rater.id, raterBudget] as const],
    ),
  );
  const budget = new Budget(input.run, store, { ...limits, raterBudgets }, spending);
  const control = new RunControl();
  const queues = openQueues(input, control.signal);
  const waits = [...endpoints].map((endpoint) => () => endpoint.limiter.waiting());
  waits.push(...[...queues.values()].map((queue) => () => queue.waiting()), () => budget.waiting());
  const tally = new Tally(input.total.items, input.total.tasks, waits);
  for (const { usd, unpricedCalls } of spending.raters) {
    tally.costUsd += usd;
    if (unpricedCalls > 0) tally.costKnown = false;
  }
  for (const { usd } of spending.forfeits) tally.costUsd += usd;
  const callers = { ...input, budget, control, tally, slots: pLimit(input.concurrency) };
  const work: ItemWork = {
    ...input,
    budget,
    control,
    tally,
    refusals: new Refusals(),
    finished: new FinishedItems(),
    callerOf: once((endpoint) => new Caller(endpoint, callers, queues.get(endpoint) ?? null)),
    gateOf: once<ModelEndpoint | null, LimitFunction>(() => pLimit(input.concurrency)),
  };

  const stop = () => control.stop(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  input.progress?.begin(tally);
  try {
    const slots = Math.ceil((2 * input.concurrency) / sliceItems) + 1;
    const dispatcher = input.dispatcher ?? inProcessDispatcher(slots);
    const slices = slicesOf(untilStopped(input.items(), control), sliceItems);
    await dispatcher.dispatch(slices, (slice) => workOnSlice(slice, work));
  } catch (error) {
    control.stop(error);
  } finally {
    signal.removeEventListener('abort', stop);
    input.progress?.end();
  }
  const { reason } = control;
  if (control.stopped && !(reason instanceof BudgetError)) throw reason;
  const refused = reason instanceof BudgetError ? reason : work.refusals.first;
  if (refused === null && workHash !== undefined) await store.finish(input.run, workHash);
  return {
    refused,
    missing: work.refusals.missing,
    items: tally.itemsDone,
    calls: tally.calls,
    cached: tally.cached,
  };
}

function openQueues(
  { run: name, store, clock, batched = new Set() }: RunInput,
  signal: AbortSignal,
): ReadonlyMap<ModelEndpoint, BatchQueue> {
  const queues = new Map<ModelEndpoint, BatchQueue>();
  for (const endpoint of batched) {
    const batch = batchOf(endpoint.model);
    if (batch === null) throw new ConfigError(`${endpoint.model.provider} has no batch interface`);
    queues.set(endpoint, new BatchQueue({ ...endpoint, run: name, store, clock, batch, signal }));
  }
  return queues;
}

async function workOnSlice({ start, items }: Slice, work: ItemWork): Promise<void> {
  if (work.control.stopped) return;
  const recorded = new Map<string, RecordedTask[]>();
  const tasks = await work.store.tasksOf(
    work.run,
    items.map((item) => item.id),
  );
  for (const task of tasks) {
    const ofItem = recorded.get(task.item);
    if (ofItem === undefined) recorded.set(task.item, [task]);
    else ofItem.push(task);
  }
  const asking = items.map(async (item, place) => {
    try {
      await askItem(item, start + place, recorded.get(item.id) ?? [], work);
    } catch (error) {
      work.control.stop(error);
    }
  });
  await Promise.all(asking);
}

async function* untilStopped(
  items: AsyncIterable<Item> | Iterable<Item>,
  control: RunControl,
): AsyncGenerator<Item> {
  for await (const item of items) {
    if (control.stopped) return;
    yield item;
  }
}

/** A limit in dollars cannot be kept for calls whose price nobody knows. */
function requirePrices(panel: readonly PanelMember[], limits: RunInput['budget']): void {
  const whole = limits.maxUsd !== null || limits.perItemUsd !== null;
  for (const { rater, endpoint, others, raterBudget } of panel) {
    if (!whole && raterBudget === null) continue;
    for (const { price, model } of [...(endpoint ? [endpoint] : []), ...others.values()]) {
      if (price !== null) continue;
      throw new ConfigError(
        `the price of ${model.provider}/${model.model} (rater "${rater.id}") is not known, so no budget in dollars can be kept`,
        [],
        { hint: 'give its price under the judge (price: {input: …, output: …}), or run without a budget' },
      );
    }
  }
}

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}
