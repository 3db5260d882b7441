import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { TriggerRule } from '../../domain/loop.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { arrivedSince, markOf } from './arrived-since.ts';
import { countMeasurement, maxNamedEvents } from './count-measurement.ts';
import type { Measurement } from './measurement.ts';
import type { TriggerParts } from './trigger-parts.ts';
import { windowOf } from './window.ts';

/** New safety flags of every version; events count before cleaning, quarantined ones never. Assessed often, so only events
 * that arrived since the last assessment are read, and pending ones are looked up.
 */
export async function measureSafetyFlags(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const before = await parts.store.triggerState('safety_flags');
  const { since, until } = windowOf(parts, rule);
  const flags: FeedbackEvent[] = [];
  const early: string[] = [];
  const take = ({ event, decision }: StoredEvent): void => {
    if (event.kind !== 'flag' || event.flag !== 'safety' || decision?.weight === 0) return;
    const atMs = Date.parse(event.at);
    if (atMs >= Date.parse(until)) early.push(event.id);
    else if (atMs >= Date.parse(since)) flags.push(event);
  };
  let to = before?.seen_to ?? null;
  if (parts.feedback !== null) {
    for (const id of before?.waiting ?? []) {
      const stored = await parts.feedback.event(id);
      if (stored !== undefined) take(stored);
    }
    for await (const stored of arrivedSince(parts.feedback, to)) {
      take(stored);
      to = markOf(stored);
    }
  }
  const ids = flags.map(({ id }) => id);
  return {
    ...countMeasurement(parts, rule, 'new safety flags', flags),
    // other flags are another cause
    cause: ids.slice(-maxNamedEvents).join(' '),
    seen: { to, waitingIfFired: early, waitingIfNot: [...ids, ...early] },
  };
}
