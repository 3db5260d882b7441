import type { FeedbackContext, FeedbackEvent, FeedbackSignal } from '../../src/domain/feedback-event.ts';
import { feedbackEvent as eventOf } from './feedback-parts.ts';

export const up = { kind: 'thumb', thumb: 'up' } as const;
export const down = { kind: 'thumb', thumb: 'down' } as const;

/** An event with everything it needs, of one signal. */
export function feedbackEvent(
  id: string,
  signal: FeedbackSignal,
  context: Partial<FeedbackContext> = {},
): FeedbackEvent {
  return eventOf(id, { ...context, signal });
}
