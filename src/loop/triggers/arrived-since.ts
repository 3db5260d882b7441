import type { ArrivalMark } from '../../domain/firing.ts';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';

/**
 * What arrived after a mark, in order of arrival; everything where there is none. Where the marked event was erased, the
 * store is read once more from its beginning, and what arrived in the mark's millisecond comes again: rather twice than
 * never.
 */
export async function* arrivedSince(
  feedback: FeedbackStore,
  mark: ArrivalMark | null,
): AsyncGenerator<StoredEvent> {
  const isThere = mark !== null && (await feedback.event(mark.event)) !== undefined;
  for await (const stored of feedback.events({}, isThere ? mark.event : undefined))
    if (mark === null || isThere || stored.receivedAt >= mark.received_at) yield stored;
}

export function markOf({ event, receivedAt }: StoredEvent): ArrivalMark {
  return { event: event.id, received_at: receivedAt };
}
