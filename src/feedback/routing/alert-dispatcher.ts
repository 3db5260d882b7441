import type { AlertDispatcher, Delivery } from '../../ports/alert-dispatcher.ts';
import type { AlertOutbox } from '../../ports/alert-outbox.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Notifier } from '../../ports/notifier.ts';
import { alertOf } from './alert-of.ts';

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
