import type { StoredEvent } from '../../ports/feedback-store.ts';
import { arrivedSince, markOf, windowOf } from '../triggers/window.ts';
import type { LoopParts } from './loop-parts.ts';

/** Name of the arrival mark in the loop's store; stored marks have this name. */
const reader = 'safety desk';
const atATime = 500;

/** Passes events that arrived since the last call to the alert dispatcher and delivers the alerts that are due. An alert is
 * durable before the mark advances. After a crash between the two, the same events are passed again; the dispatcher
 * deduplicates them by id.
 */
export async function deliverSafetyAlerts(parts: LoopParts): Promise<void> {
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
