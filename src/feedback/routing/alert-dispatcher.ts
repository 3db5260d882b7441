import { createHash } from 'node:crypto';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { Alert } from '../../domain/routing.ts';
import type { AlertDispatcher, AlertOutbox, Delivery, Notifier } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import { createRedactor } from '../../privacy/redact.ts';
import { commentOf } from '../cleaning/opinion-of.ts';
import { readEvent } from '../understanding/read-event.ts';

export interface AlertDispatcherParts {
  readonly outbox: AlertOutbox;
  readonly notifiers: readonly Notifier[];
  readonly clock: Clock;
}

const firstRetryMs = 10_000;
const longestRetryMs = 3_600_000;
const atATime = 50;

/** At-least-once delivery: after a crash between delivery and its record, an alert is sent again under the same id. */
export function openAlertDispatcher({ outbox, notifiers, clock }: AlertDispatcherParts): AlertDispatcher {
  const byChannel = new Map(notifiers.map((notifier) => [notifier.channel, notifier]));
  let running: Promise<Delivery> | null = null;

  async function deliverDue(signal: AbortSignal): Promise<Delivery> {
    let sent = 0;
    let failed = 0;
    for (;;) {
      const due = await outbox.due([...byChannel.keys()], clock.now(), atATime);
      if (due.length === 0 || signal.aborted) break;
      for (const { alert, channel, tries } of due) {
        if (signal.aborted) break;
        try {
          await byChannel.get(channel)!.notify(alert, { signal });
        } catch (error) {
          const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** tries);
          await outbox.markFailed(alert.id, channel, reasonOf(error), clock.now() + wait);
          failed += 1;
          continue;
        }
        await outbox.markSent(alert.id, channel, clock.now());
        sent += 1;
      }
    }
    return { sent, failed, waiting: await outbox.countWaiting() };
  }

  return {
    async raise(events) {
      const alerts = [];
      for (const event of events) {
        const alert = alertOf(event);
        if (alert !== null) alerts.push(alert);
      }
      return alerts.length === 0 ? 0 : outbox.add(alerts, [...byChannel.keys()]);
    },
    // concurrent deliveries would send duplicates
    deliver(signal = new AbortController().signal) {
      running ??= deliverDue(signal).finally(() => {
        running = null;
      });
      return running;
    },
    async close() {
      await running?.catch(() => undefined);
      await outbox.close();
    },
  };
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}

/** Minimum confidence for free text; a clicked "safety" reason always raises an alert. */
const sureEnough = 0.6;
const keptCharacters = 2_000;

/** The alert that an event raises, or null. It depends on the event alone, so it can be raised on arrival. */
export function alertOf(event: FeedbackEvent): Alert | null {
  const reading = readEvent(event);
  if (reading?.category !== 'safety' || reading.confidence < sureEnough) return null;
  const redactor = createRedactor();
  const redact = (text: string) => redactor(text.slice(0, keptCharacters)).text;
  const comment = commentOf(event);
  return {
    id: `safety-${createHash('sha256').update(event.id).digest('hex').slice(0, 24)}`,
    kind: 'safety',
    event: event.id,
    response_id: event.response_id,
    model_version: event.model_version,
    source: event.source,
    at: event.at,
    from: reading.from,
    confidence: reading.confidence,
    query: redact(typeof event.query === 'string' ? event.query : JSON.stringify(event.query)),
    response: redact(event.response),
    comment: comment === undefined ? null : redact(comment),
  };
}
