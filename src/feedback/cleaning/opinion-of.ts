import type { FeedbackEvent } from '../../domain/feedback-event.ts';

/** Which way an event leans about its response: 1 good, -1 bad, 0 neither or not said. A correction may polish what is good. */
export function leaningOf(event: FeedbackEvent): -1 | 0 | 1 {
  switch (event.kind) {
    case 'thumb':
      return event.thumb === 'up' ? 1 : -1;
    case 'stars':
      return event.stars >= 4 ? 1 : event.stars <= 2 ? -1 : 0;
    case 'flag':
      return -1;
    default:
      return 0;
  }
}

/** The words that a person typed to us, if any. */
export function commentOf(event: FeedbackEvent): string | undefined {
  if ('comment' in event) return event.comment;
  if (event.kind !== 'survey') return undefined;
  const written = Object.values(event.answers).filter((answer) => typeof answer === 'string');
  return written.length === 0 ? undefined : written.join('\n');
}

/** The answer that an attention check wants of this event, if it is one: 1 `up`/`this`, -1 `down`/`other`. */
export function expectedAnswer(event: FeedbackEvent, setting: string): -1 | 0 | 1 {
  const expected = event.settings?.[setting];
  if (expected === 'up' || expected === 'this') return 1;
  return expected === 'down' || expected === 'other' ? -1 : 0;
}
