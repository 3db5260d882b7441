import type { FeedbackContext, FeedbackEvent, FeedbackSignal } from '../../domain/feedback-event.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';

/** An event with everything that an event must have; what matters to a test is given. */
export function feedbackEvent(
  id: string,
  signal: FeedbackSignal,
  context: Partial<FeedbackContext> = {},
): FeedbackEvent {
  return {
    id,
    session_id: 's',
    query_id: 'q',
    response_id: 'r',
    query: 'What is a quorum?',
    response: 'The least number of members that makes a decision valid.',
    model_version: 'm1',
    settings: {},
    at: '2026-03-01T10:00:00Z',
    source: 'app',
    author_kind: 'end_user',
    author: 'ann',
    ...context,
    ...signal,
  };
}

export function storedEvent(...args: Parameters<typeof feedbackEvent>): StoredEvent {
  const event = feedbackEvent(...args);
  return { event, receivedAt: event.at };
}

export const up = { kind: 'thumb', thumb: 'up' } as const;
export const down = { kind: 'thumb', thumb: 'down' } as const;
