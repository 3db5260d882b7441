import type {
  EventDecision,
  FeedbackContext,
  FeedbackEvent,
  FeedbackSignal,
  Interaction,
} from '../../src/domain/feedback-event.ts';

/** An event with everything it needs; a thumb up by default. */
export function feedbackEvent(
  id: string,
  more: Partial<FeedbackContext> & { readonly signal?: FeedbackSignal } = {},
): FeedbackEvent {
  const { signal = { kind: 'thumb', thumb: 'up' }, ...context } = more;
  return {
    id,
    session_id: 's1',
    query_id: 'q1',
    response_id: 'r1',
    query: 'How many moons has Mars?',
    response: 'Two: Phobos and Deimos.',
    model_version: 'm1',
    settings: { temperature: 0.5 },
    at: '2026-03-01T10:00:00.000Z',
    source: 'chat',
    author_kind: 'end_user',
    author: 'k1:00000000000000000000000000000001',
    ...context,
    ...signal,
  };
}

export function interaction(responseId: string, more: Partial<Interaction> = {}): Interaction {
  return {
    session_id: 's1',
    query_id: 'q1',
    response_id: responseId,
    query: 'How many moons has Mars?',
    response: 'Two: Phobos and Deimos.',
    model_version: 'm1',
    settings: { temperature: 0.5 },
    at: '2026-03-01T09:59:00.000Z',
    source: 'chat',
    ...more,
  };
}

export function decision(event: string, weight: number, cleaning = 'c1'): EventDecision {
  return { event, stage: 'spam', weight, reasons: ['fast'], cleaning, at: '2026-03-02T00:00:00.000Z' };
}

export async function listed<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}
