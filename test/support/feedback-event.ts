import type { FeedbackContext, FeedbackSignal } from '../../src/domain/feedback-event.ts';
import type { StoredEvent } from '../../src/ports/feedback-store.ts';
import { feedbackEvent } from './feedback-parts.ts';

/** An event as a store gives it back: of one person about one response by default. */
export function storedEvent(
  id: string,
  signal: FeedbackSignal,
  context: Partial<FeedbackContext> = {},
): StoredEvent {
  const event = feedbackEvent(id, { response_id: 'r', ...context, signal });
  return { event, receivedAt: event.at };
}

export const up = { kind: 'thumb', thumb: 'up' } as const;
export const down = { kind: 'thumb', thumb: 'down' } as const;
