import type { StoredEvent } from '../../ports/feedback-store.ts';
import { arrivedSince, markOf } from '../triggers/arrived-since.ts';
import { windowOf } from '../triggers/window.ts';
import type { LoopParts } from './loop-parts.ts';

/** Who reads, in the loop's memory. */
const reader = 'safety desk';
const atATime = 500;

/**
 * Hands the safety desk what arrived since the last look and lets it tell what is due. An alert is on the disk before
 * the mark moves on: after a crash between the two the same events are handed again, and the desk knows them by their ids.
 */
export async function deliverSafetyAlerts(parts: LoopParts): Promise<void> {
  const { dispatcher, store, loop, clock, signal, onLine } = parts;
  if (dispatcher === null) return;
  const feedback = await parts.feedback();
  if (feedback !== null) {
    const mark = await store.mark(reader);
    // a loop that is new does not tell of what is long past: `quorate feedback route` does
    const { since } = windowOf({ nowMs: clock.now() }, loop.triggers.safety_flags);
    const counts = ({ event, decision }: StoredEvent) =>
      decision?.weight !== 0 && (mark !== null || Date.parse(event.at) >= Date.parse(since));
    let batch: StoredEvent[] = [];
    const hand = async (isLast: boolean) => {
      const last = batch.at(-1);
      if (last === undefined) return;
      await dispatcher.raise(batch.filter(counts).map(({ event }) => event));
      // a first look that is broken off begins again: only a whole one makes the rest news
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
  if (sent > 0) onLine(`${sent} safety alerts told`);
  if (failed > 0) onLine(`${failed} tries to tell failed; ${waiting} alerts wait for the next`);
}
