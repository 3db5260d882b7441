import type { Interaction } from '../../domain/feedback-event.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { Waiting } from './waiting.ts';
import { WindowTally } from './window-tally.ts';

type Stream<T> = AsyncIterable<T> | Iterable<T>;

/** Half-open; the window before it is as long. Milliseconds since the epoch. */
export interface StatsWindow {
  readonly sinceMs: number;
  readonly untilMs: number;
}

export interface Tallies {
  readonly now: WindowTally;
  readonly before: WindowTally;
  readonly waiting: Waiting;
  /** Of the latest event before the end of the window; null without one. */
  readonly lastEventMs: number | null;
}

/** Counts a window and the previous one in one pass over events and one over interactions. Earlier events count only for the
 * time to improvement. Memory grows with authors and responses by some tens of bytes each.
 */
export async function tallyWindows(
  events: Stream<StoredEvent>,
  interactions: Stream<Interaction>,
  { sinceMs, untilMs }: StatsWindow,
): Promise<Tallies> {
  const [now, before, waiting] = [new WindowTally(), new WindowTally(), new Waiting()];
  const beforeMs = sinceMs - (untilMs - sinceMs);
  const tallyOf = (atMs: number) => {
    if (atMs >= untilMs || atMs < beforeMs) return null;
    return atMs >= sinceMs ? now : before;
  };
  let lastEventMs: number | null = null;
  for await (const stored of events) {
    const atMs = Date.parse(stored.event.at);
    if (atMs >= untilMs) continue;
    lastEventMs = Math.max(lastEventMs ?? atMs, atMs);
    waiting.addEvent(stored, atMs);
    tallyOf(atMs)?.addEvent(stored);
  }
  for await (const interaction of interactions) {
    const atMs = Date.parse(interaction.at);
    if (atMs < untilMs) waiting.see(interaction.model_version, atMs);
    tallyOf(atMs)?.addInteraction(interaction);
  }
  return { now, before, waiting, lastEventMs };
}
