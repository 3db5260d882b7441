import type { EventReading, FailureCategory } from '../../domain/failure-category.ts';
import type { FeedbackEvent, FlagReason } from '../../domain/feedback-event.ts';
import { readComment } from './read-comment.ts';
import { readCorrection } from './read-correction.ts';

/** A clicked reason is nearly certain; `other` means only that none of them fits. */
const flagged: Readonly<Record<FlagReason, readonly [FailureCategory, number]>> = {
  safety: ['safety', 0.95],
  accuracy: ['accuracy', 0.9],
  format: ['format', 0.9],
  relevance: ['relevance', 0.9],
  other: ['other', 0.5],
};

const nothing: EventReading = { category: 'other', confidence: 0.3, request: false, from: 'nothing' };

/** The failure category of an event; null without a complaint (praise, implicit signals). A comment beside a clicked reason
 * refines only the reason `other`: clicks are more reliable than hasty comments.
 */
export function readEvent(event: FeedbackEvent): EventReading | null {
  switch (event.kind) {
    case 'flag': {
      const [category, confidence] = flagged[event.flag];
      const comment = event.comment === undefined ? null : readComment(event.comment);
      if (event.flag === 'other' && comment !== null) return comment;
      return { category, confidence, request: comment?.request ?? false, from: 'flag' };
    }
    case 'correction':
      return readCorrection(event.response, event.corrected);
    case 'comment':
      return complaintOf(readComment(event.comment));
    case 'thumb':
    case 'stars': {
      const unhappy = event.kind === 'thumb' ? event.thumb === 'down' : event.stars <= 2;
      if (event.comment !== undefined) {
        const reading = readComment(event.comment);
        if (unhappy || reading.request) return reading;
        return reading.category === 'safety' ? reading : null;
      }
      return unhappy ? nothing : null;
    }
    case 'retry':
    case 'regenerate':
      return { ...nothing, from: 'retry' };
    case 'survey': {
      const written = Object.values(event.answers).filter((answer) => typeof answer === 'string');
      return written.length === 0 ? null : complaintOf(readComment(written.join('\n')));
    }
    default:
      return null;
  }
}

/** Free text without a failure or request cue is not a complaint. */
function complaintOf(reading: EventReading): EventReading | null {
  return reading.category === 'other' && !reading.request ? null : reading;
}
