import { BudgetError } from '../../domain/errors.ts';
import type { Item } from '../../domain/item.ts';
import type { Dispatcher, Slice } from '../../ports/dispatcher.ts';
import type { RecordedTask } from '../../ports/run-store.ts';
import { finishOpenBatches } from '../calls/batch/finish-open-batches.ts';
import type { RunControl } from '../calls/run-control.ts';
import { askItem, type ItemWork } from './ask-item.ts';
import { endpointsOf, openWork, requirePrices } from './open-work.ts';
import { slicesOf } from './plan.ts';
import type { RunEnd, RunInput } from './run-input.ts';

const sliceItems = 16;

/**
 * Performs the panel's tasks on every item and records each vote. Resumes what an earlier process began.
 * Reaching a budget is an outcome; every other early end is thrown once nothing is in flight.
 * @throws ConfigError, InputError, StoreError, ProviderError, or the signal's reason.
 */
export async function run(input: RunInput): Promise<RunEnd> {
  const { store } = input;
  requirePrices(input.panel, input.budget);
  await store.claim(input.run);
  if (await isFinished(input)) {
    return {
      refused: null,
      missing: new Map(),
      items: input.total.items,
      calls: 0,
      cached: 0,
      lastFailure: null,
    };
  }
  const endpoints = endpointsOf(input.panel);
  await finishOpenBatches(input, endpoints);
  const work = openWork(input, endpoints, await store.spending(input.run));
  await dispatchItems(input, work);
  return conclude(input, work);
}

async function isFinished({ run: name, store, workHash, retryErrors }: RunInput): Promise<boolean> {
  return workHash !== undefined && !retryErrors && (await store.finished(name)) === workHash;
}

/** Returns when every slice is done or the run has stopped; `control.reason` says why it stopped. */
async function dispatchItems(input: RunInput, work: ItemWork): Promise<void> {
  const { signal, progress, concurrency } = input;
  const { control, tally } = work;
  const stop = () => control.stop(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  progress?.begin(tally);
  try {
    const slots = Math.ceil((2 * concurrency) / sliceItems) + 1;
    const dispatcher = input.dispatcher ?? inProcessDispatcher(slots);
    const slices = slicesOf(untilStopped(input.items(), control), sliceItems);
    await dispatcher.dispatch(slices, (slice) => askSlice(slice, work));
  } catch (error) {
    control.stop(error);
  } finally {
    signal.removeEventListener('abort', stop);
    progress?.end();
  }
}

async function conclude({ run: name, store, workHash }: RunInput, work: ItemWork): Promise<RunEnd> {
  const { control, refusals, tally } = work;
  const { reason } = control;
  if (control.stopped && !(reason instanceof BudgetError)) throw reason;
  const refused = reason instanceof BudgetError ? reason : refusals.first;
  if (refused === null && workHash !== undefined) await store.finish(name, workHash);
  return {
    refused,
    missing: refusals.missing,
    items: tally.itemsDone,
    calls: tally.calls,
    cached: tally.cached,
    lastFailure: tally.lastFailure,
  };
}

async function askSlice({ start, items }: Slice, work: ItemWork): Promise<void> {
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

/** Processes slices in this process, at most `slots` at once. It keeps no state: the store records what is done. */
function inProcessDispatcher(slots: number): Dispatcher {
  return {
    async dispatch(slices, work) {
      const active = new Set<Promise<void>>();
      let failure: { readonly error: unknown } | null = null;
      const failed = (error: unknown) => {
        failure ??= { error };
      };
      try {
        for await (const slice of slices) {
          const working: Promise<void> = work(slice)
            .catch(failed)
            .finally(() => active.delete(working));
          active.add(working);
          if (active.size >= slots) await Promise.race(active);
          if (failure !== null) break;
        }
      } catch (error) {
        failed(error);
      }
      await Promise.all(active);
      if (failure !== null) throw (failure as { readonly error: unknown }).error;
    },
  };
}
