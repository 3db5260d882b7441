import pLimit, { type LimitFunction } from 'p-limit';
import { ConfigError } from '../../domain/errors.ts';
import { batchOf } from '../../ports/batch-model.ts';
import type { Spending } from '../../ports/run-store.ts';
import { BatchQueue } from '../calls/batch/batch-queue.ts';
import { Budget } from '../calls/budget.ts';
import { Caller } from '../calls/caller.ts';
import type { ModelEndpoint, PanelMember } from '../calls/model-endpoint.ts';
import { RunControl } from '../calls/run-control.ts';
import { Tally } from '../calls/tally.ts';
import type { ItemWork } from './ask-item.ts';
import { FinishedItems } from './finished-items.ts';
import { Refusals } from './refusals.ts';
import type { RunInput } from './run-input.ts';

/** Every model that the panel may ask, each once. */
export function endpointsOf(panel: readonly PanelMember[]): ReadonlySet<ModelEndpoint> {
  return new Set(
    panel.flatMap(({ endpoint, others }) => [...(endpoint ? [endpoint] : []), ...others.values()]),
  );
}

/** Without the price of a call, no limit in dollars can be kept. @throws ConfigError */
export function requirePrices(panel: readonly PanelMember[], limits: RunInput['budget']): void {
  const limitsRun = limits.maxUsd !== null || limits.perItemUsd !== null;
  for (const member of panel) {
    if (!limitsRun && member.raterBudget === null) continue;
    for (const { price, model } of endpointsOf([member])) {
      if (price !== null) continue;
      throw new ConfigError(
        `the price of ${model.provider}/${model.model} (rater "${member.rater.id}") is not known, so no budget in dollars can be kept`,
        [],
        { hint: 'give its price under the judge (price: {input: …, output: …}), or run without a budget' },
      );
    }
  }
}

/** Sets up what all items of a run share: budget, batch queues, counts, and a caller for each endpoint. */
export function openWork(
  input: RunInput,
  endpoints: ReadonlySet<ModelEndpoint>,
  spending: Spending,
): ItemWork {
  const budget = openBudget(input, spending);
  const control = new RunControl();
  const queues = openQueues(input, control.signal);
  const tally = openTally(input, spending, [
    ...[...endpoints].map((endpoint) => () => endpoint.limiter.waiting()),
    ...[...queues.values()].map((queue) => () => queue.waiting()),
    () => budget.waiting(),
  ]);
  const context = { ...input, budget, control, tally, slots: pLimit(input.concurrency) };
  return {
    ...input,
    budget,
    control,
    tally,
    refusals: new Refusals(),
    finished: new FinishedItems(),
    callerOf: once((endpoint) => new Caller(endpoint, context, queues.get(endpoint) ?? null)),
    taskSlotsOf: once<ModelEndpoint | null, LimitFunction>(() => pLimit(input.concurrency)),
  };
}

function openBudget({ run, store, panel, budget: limits }: RunInput, spending: Spending): Budget {
  const raterBudgets = new Map(
    panel.flatMap(({ rater, raterBudget }) =>
      raterBudget === null ? [] : [[rater.id, raterBudget] as const],
    ),
  );
  return new Budget(run, store, { ...limits, raterBudgets }, spending);
}

function openQueues(
  { run, store, clock, batched = new Set() }: RunInput,
  signal: AbortSignal,
): ReadonlyMap<ModelEndpoint, BatchQueue> {
  const queues = new Map<ModelEndpoint, BatchQueue>();
  for (const endpoint of batched) {
    const batch = batchOf(endpoint.model);
    if (batch === null) throw new ConfigError(`${endpoint.model.provider} has no batch interface`);
    queues.set(endpoint, new BatchQueue({ ...endpoint, run, store, clock, batch, signal }));
  }
  return queues;
}

/** Counts start from what earlier processes of this run spent. */
function openTally(
  { total }: RunInput,
  { raters, forfeits }: Spending,
  waits: readonly (() => string | null)[],
): Tally {
  const tally = new Tally(total.items, total.tasks, waits);
  for (const { usd, unpricedCalls } of raters) {
    tally.costUsd += usd;
    if (unpricedCalls > 0) tally.costKnown = false;
  }
  for (const { usd } of forfeits) tally.costUsd += usd;
  return tally;
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
