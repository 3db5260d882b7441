import { join } from 'node:path';
import { Cron } from 'croner';
import { StoreError } from '../../domain/errors.ts';
import {
  type CadenceTask,
  cadenceTasks,
  type TriggerId,
  triggerDefinition,
  triggerIds,
} from '../../domain/loop.ts';
import { writeText } from '../../files/write-lines.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { assessTriggers, recordAssessments } from '../triggers/assess-triggers.ts';
import { timeText } from '../triggers/measurement.ts';
import { arrivedSince, markOf, windowOf } from '../triggers/window.ts';
import { actOnFiring } from './act-on-firing.ts';
import { type LoopParts, triggerParts } from './loop-parts.ts';
import { reviewOf } from './review.ts';
import { endOfRun, runSupervised } from './run-supervised.ts';

/** Tasks that run when the loop starts for the first time; the others wait for their next scheduled time. */
const atOnce: readonly CadenceTask[] = ['safety', 'daily'];
/** Upper limit of one sleep, so that a machine that was suspended resumes on time. */
const longestSleepMs = 60_000;

/** Options of `runLoop`. */
export interface LoopOptions {
  /** Run what is due and return. */
  readonly once: boolean;
}

/** Runs the tasks of a loop on schedule. A time slot is claimed in the store before its task runs, so a restart does not
 * repeat it. Of missed slots only the latest is made up for. Pending firings are completed first.
 * @throws StoreError if another process runs this loop
 */
export async function runLoop(parts: LoopParts, { once }: LoopOptions): Promise<readonly CadenceTask[]> {
  const { loop, store, clock, signal } = parts;
  const role = store.take('loop');
  if (role === null) {
    throw new StoreError(`another process already runs the loop of ${store.location}`, {
      hint: 'stop it first, or leave the work to it',
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

/** The triggers that a task assesses, in their order. */
function triggersOf(task: CadenceTask): readonly TriggerId[] {
  const place = (id: TriggerId) => triggerDefinition(id).tasks[task];
  return triggerIds.filter((id) => place(id) !== undefined).sort((a, b) => place(a)! - place(b)!);
}

/**
 * Runs one scheduled task: its triggers, its report, then the configured command.
 * @param moment scheduled time, RFC 3339; names the report
 */
async function runTask(task: CadenceTask, moment: string, parts: LoopParts): Promise<void> {
  const { loop, store } = parts;
  if (triggersOf(task).includes('safety_flags')) await deliverSafetyAlerts(parts);
  const current = await triggerParts(parts);
  const assessments = await assessTriggers(current, triggersOf(task));
  const firings = await recordAssessments({ store, nowMs: current.nowMs }, assessments);
  if (task !== 'safety') {
    const file = join(loop.out, 'reports', `${task}-${moment.slice(0, 10)}.json`);
    const review = await reviewOf(task, current, firings);
    await writeText(file, [`${JSON.stringify(review, null, 2)}\n`]);
    parts.onLine(`${task} report: ${file}`);
  }
  for (const firing of firings) await actOnFiring(firing, parts);
  const { work } = loop.cadence[task];
  if (work === null) return;
  const folder = join(loop.out, 'actions', `${task}-${moment.replace(/[^0-9]/g, '')}`);
  const end = await runSupervised(work, { ...parts, folder, cwd: loop.folder, input: { task, moment } });
  parts.signal.throwIfAborted();
  parts.onLine(`${task}: ${endOfRun(end, folder)}`);
}

/** The scheduled times of a cron pattern. */
export class Calendar {
  readonly #cron: Cron;

  constructor(pattern: string, timezone: string) {
    this.#cron = new Cron(pattern, { timezone, paused: true });
  }

  /** The latest scheduled time at or before `nowMs`; null if there is none. Milliseconds since the epoch. */
  latest(nowMs: number): number | null {
    // croner returns times strictly before its reference
    return this.#cron.previousRuns(1, new Date(nowMs + 1))[0]?.getTime() ?? null;
  }

  /** The next scheduled time after `nowMs`. */
  next(nowMs: number): number {
    return this.#cron.nextRun(new Date(nowMs))?.getTime() ?? Infinity;
  }
}

/** Name of the arrival mark in the loop's store; stored marks have this name. */
const reader = 'safety desk';
const atATime = 500;

/** Passes events that arrived since the last call to the alert dispatcher and delivers the alerts that are due. An alert is
 * durable before the mark advances. After a crash between the two, the same events are passed again; the dispatcher
 * deduplicates them by id.
 */
async function deliverSafetyAlerts(parts: LoopParts): Promise<void> {
  const { dispatcher, store, loop, clock, signal, onLine } = parts;
  if (dispatcher === null) return;
  const feedback = await parts.feedback();
  if (feedback !== null) {
    const mark = await store.mark(reader);
    // a new loop raises no alerts for old events: `quorate feedback route` does
    const { since } = windowOf({ nowMs: clock.now() }, loop.triggers.safety_flags);
    const counts = ({ event, decision }: StoredEvent) =>
      decision?.weight !== 0 && (mark !== null || Date.parse(event.at) >= Date.parse(since));
    let batch: StoredEvent[] = [];
    const hand = async (isLast: boolean) => {
      const last = batch.at(-1);
      if (last === undefined) return;
      await dispatcher.raise(batch.filter(counts).map(({ event }) => event));
      // an interrupted first pass starts again: the mark is saved only once it is complete
      if (mark !== null || isLast) await store.saveMark(reader, markOf(last));
      if (!isLast) batch = [];
    };
    for await (const stored of arrivedSince(feedback, mark)) {
      if (batch.length === atATime) await hand(false);
      batch.push(stored);
    }
    await hand(true);
  }
  const { sent, failed, waiting } = await dispatcher.deliver(signal);
  if (sent > 0) onLine(`${sent} safety alerts delivered`);
  if (failed > 0) onLine(`${failed} deliveries failed; ${waiting} alerts are waiting for a retry`);
}
