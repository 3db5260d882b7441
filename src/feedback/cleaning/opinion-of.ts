import type { FeedbackEvent } from '../../domain/feedback-event.ts';

/** Opinion of an event about its response: 1 good, -1 bad, 0 neither or unknown. A correction may polish a good response. */
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

/** The free text of an event, if any. */
export function commentOf(event: FeedbackEvent): string | undefined {
  if ('comment' in event) return event.comment;
  if (event.kind !== 'survey') return undefined;
  const written = Object.values(event.answers).filter((answer) => typeof answer === 'string');
  return written.length === 0 ? undefined : written.join('\n');
}

/** The expected answer if the event is an attention check: 1 `up`/`this`, -1 `down`/`other`. */
export function expectedAnswer(event: FeedbackEvent, setting: string): -1 | 0 | 1 {
  const expected = event.settings?.[setting];
  if (expected === 'up' || expected === 'this') return 1;
  return expected === 'down' || expected === 'other' ? -1 : 0;
}
