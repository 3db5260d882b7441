import type { FeedbackEvent } from './feedback-event.ts';

/**
 * What a signal is about, as one string: of one author, a later signal of the same kind about the same subject
 * supersedes the earlier one. A comparison is about its pair whichever response stood first, a ranking about its
 * set, a flag about its reason too, so that no flag hides another.
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
