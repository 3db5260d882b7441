import type { FeedbackSettings } from '../../config/feedback/feedback-schema.ts';
import { routeIssues } from '../../feedback/routing/route-issues.ts';
import { readWorkItems } from '../../feedback/routing/work-items-file.ts';
import { understandFeedback } from '../../feedback/understanding/understand-feedback.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import type { AlertDispatcher } from '../../ports/alerts.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import type { AppContext } from '../context.ts';
import { openAlertDispatcherOf } from '../open-alert-dispatcher.ts';
import { withFeedback } from '../stores/feedback-stores.ts';

export interface RouteRequest {
  readonly store: string;
  /** Work items (JSONL); an earlier file is updated. */
  readonly out: string;
  /** Folder that paths of the alert settings are relative to. */
  readonly folder: string;
  readonly settings: Pick<FeedbackSettings, 'actions' | 'alerts' | 'understanding'>;
}

/** Turns complaints into work items and sends alerts for new safety complaints. */
export async function routeEvents(request: RouteRequest, context: AppContext) {
  const { settings, out } = request;
  const previous = await readWorkItems(out);
  return withFeedback(request.store, async (store) => {
    const place = { cwd: request.folder, env: context.env };
    const dispatcher = await openAlertDispatcherOf(settings.alerts, request.store, place);
    try {
      const found = await understandFeedback(raising(store.events(), dispatcher), {
        at: new Date(context.clock.now()).toISOString(),
        settings: settings.understanding,
      });
      const alerts = await dispatcher.deliver(context.signal);
      const items = routeIssues(found.issues, settings.actions, previous);
      await writeJsonLines(out, items);
      const before = new Set(previous.map(({ id }) => id));
      return { items, created: items.filter(({ id }) => !before.has(id)).length, alerts };
    } finally {
      await dispatcher.close();
    }
  });
}

const atATime = 1_000;

/** Passes the events on and raises an alert for each that counts; the dispatcher knows those that it has raised before. */
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
