import type { ArrivalMark } from '../../domain/firing.ts';
import type { TriggerRule } from '../../domain/loop.ts';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';
import type { TriggerParts } from './measurement.ts';
import { dayMs, timeText } from './measurement.ts';

/** The measured window of a trigger, which ends now; RFC 3339. */
export function windowOf(
  { nowMs }: Pick<TriggerParts, 'nowMs'>,
  { windowDays }: Pick<TriggerRule, 'windowDays'>,
) {
  return { since: timeText(nowMs - windowDays * dayMs), until: timeText(nowMs) };
}

/** The feedback events of the window, of one version if it is given. */
export async function* eventsOf(
  parts: Pick<TriggerParts, 'feedback' | 'nowMs'>,
  rule: Pick<TriggerRule, 'windowDays'>,
  modelVersion?: string,
): AsyncGenerator<StoredEvent> {
  if (parts.feedback === null) return;
  yield* parts.feedback.events({
    ...windowOf(parts, rule),
    ...(modelVersion !== undefined && { modelVersion }),
  });
}

/** Yields the events that arrived after a mark, in order of arrival; all events without a mark. If the marked event was
 * erased, the store is read from its beginning, and events of the mark's millisecond are yielded again: at-least-once.
 */
export async function* arrivedSince(
  feedback: FeedbackStore,
  mark: ArrivalMark | null,
): AsyncGenerator<StoredEvent> {
  const isThere = mark !== null && (await feedback.event(mark.event)) !== undefined;
  for await (const stored of feedback.events({}, isThere ? mark.event : undefined))
    if (mark === null || isThere || stored.receivedAt >= mark.received_at) yield stored;
}

/** The arrival mark of an event. */
export function markOf({ event, receivedAt }: StoredEvent): ArrivalMark {
  return { event: event.id, received_at: receivedAt };
}
