import type { FeedbackEvent } from './feedback-event.ts';

/**
 * The subject of a signal as one string. A later signal of the same author and kind about the same subject
 * supersedes the earlier one. The subject of a comparison is its unordered pair, of a ranking its set of responses;
 * the subject of a flag includes its reason, so that one flag does not supersede another.
 */
export function subjectOf(event: FeedbackEvent): string {
  switch (event.kind) {
    case 'comparison':
      return JSON.stringify([event.response_id, event.other.response_id].sort());
    case 'ranking':
      return JSON.stringify([event.response_id, ...event.others.map((other) => other.response_id)].sort());
    case 'flag':
      return JSON.stringify([event.response_id, event.flag]);
    default:
      return event.response_id;
  }
}
