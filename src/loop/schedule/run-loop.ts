import { StoreError } from '../../domain/errors.ts';
import { type CadenceTask, cadenceTasks } from '../../domain/loop.ts';
import { timeText } from '../triggers/measurement.ts';
import { actOnFiring } from './act-on-firing.ts';
import { Calendar } from './calendar.ts';
import type { LoopParts } from './loop-parts.ts';
import { runTask } from './run-task.ts';

/** Done when the loop is started for the first time; the others wait for their next moment. */
const atOnce: readonly CadenceTask[] = ['safety', 'daily'];
/** Longest sleep, so that a machine that was suspended wakes up to the right time. */
const longestSleepMs = 60_000;

export interface LoopOptions {
  /** Do what is due and return. */
  readonly once: boolean;
}

/**
 * Runs the tasks of a loop when their moments come. A moment is taken in the store before its task runs, so a restart
 * does not repeat it; of moments that were missed the latest is made up for. What earlier firings left undone is done first.
 * @throws StoreError while another process runs this loop
 */
export async function runLoop(parts: LoopParts, { once }: LoopOptions): Promise<readonly CadenceTask[]> {
  const { loop, store, clock, signal } = parts;
  const role = store.take('loop');
  if (role === null) {
    throw new StoreError(`another process already runs the loop of ${store.location}`, {
      hint: 'stop it first, or let it do the work',
    });
  }
  const calendars = cadenceTasks.flatMap((task) => {
    const { at } = loop.cadence[task];
    return at === null ? [] : [{ task, calendar: new Calendar(at, loop.timezone) }];
  });
  const done: CadenceTask[] = [];
  try {
    for (const firing of await store.firings())
      if (firing.outcome.status === 'pending') await actOnFiring(firing, parts);
    for (;;) {
      for (const { task, calendar } of calendars) {
        signal.throwIfAborted();
        const moment = calendar.latest(clock.now());
        if (moment === null) continue;
        const isFirst = (await store.lastSlot(task)) === null;
        if (!(await store.takeSlot(task, timeText(moment)))) continue;
        if (isFirst && !atOnce.includes(task)) continue;
        await runTask(task, timeText(moment), parts);
        done.push(task);
      }
      if (once) return done;
      const next = Math.min(...calendars.map(({ calendar }) => calendar.next(clock.now())));
      await clock.sleep(Math.max(0, Math.min(next - clock.now(), longestSleepMs)), signal);
    }
  } finally {
    role.release();
  }
}
