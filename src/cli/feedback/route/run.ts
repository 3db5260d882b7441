import { resolve } from 'node:path';
import { openAlertDispatcherOf } from '../../../app/open-alert-dispatcher.ts';
import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import { actionKinds } from '../../../domain/action-rule.ts';
import { routeIssues } from '../../../feedback/routing/route-issues.ts';
import { readWorkItems } from '../../../feedback/routing/work-items-file.ts';
import { understandFeedback } from '../../../feedback/understanding/understand-feedback.ts';
import { writeJsonLines } from '../../../files/write-lines.ts';
import type { AlertDispatcher } from '../../../ports/alert-dispatcher.ts';
import type { StoredEvent } from '../../../ports/feedback-store.ts';
import { oneLine } from '../../../reports/text/one-line.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';

export interface RouteFlags {
  readonly store: string;
  readonly config?: string;
  readonly out: string;
  readonly json?: boolean;
}

export async function routeEvents(io: CommandIo, flags: RouteFlags): Promise<ExitCode> {
  const settings = await loadFeedbackSettings(flags.config, io.cwd);
  const file = resolve(io.cwd, flags.out);
  const previous = await readWorkItems(file);
  const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
  try {
    const dispatcher = await openAlertDispatcherOf(settings.alerts, flags.store, io);
    try {
      const found = await understandFeedback(raising(store.events(), dispatcher), {
        at: new Date().toISOString(),
        settings: settings.understanding,
      });
      const delivery = await dispatcher.deliver(io.signal);
      const items = routeIssues(found.issues, settings.actions, previous);
      await writeJsonLines(file, items);
      const before = new Set(previous.map(({ id }) => id));
      const created = items.filter(({ id }) => !before.has(id)).length;
      if (flags.json === true) {
        line(io, JSON.stringify({ file, items: items.length, created, alerts: delivery }, null, 2));
      } else {
        for (const action of actionKinds) {
          const own = items.filter((item) => item.action === action && item.status !== 'dismissed');
          if (own.length === 0) continue;
          line(
            io,
            `${action.padEnd(12)} ${String(own.length).padStart(4)}  first: ${oneLine(own[0]!.title)}`,
          );
        }
      }
      note(io, `${items.length} work items in ${flags.out}, ${created} of them new`);
      if (delivery.sent > 0) note(io, `${delivery.sent} safety alerts told`);
      if (delivery.waiting > 0)
        note(io, `${delivery.waiting} alerts still wait; the next route or serve tries again`);
      return exitCodes.ok;
    } finally {
      await dispatcher.close();
    }
  } finally {
    await store.close();
  }
}

const atATime = 1_000;

/** Passes the events on and hands each that counts to the desk, which knows those that it has told already. */
async function* raising(
  events: AsyncIterable<StoredEvent>,
  dispatcher: AlertDispatcher,
): AsyncGenerator<StoredEvent> {
  let waiting: StoredEvent[] = [];
  const raise = async () => {
    await dispatcher.raise(waiting.map(({ event }) => event));
    waiting = [];
  };
  for await (const stored of events) {
    if (stored.decision?.weight !== 0) waiting.push(stored);
    if (waiting.length === atATime) await raise();
    yield stored;
  }
  await raise();
}
