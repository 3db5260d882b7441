import type { EventReading } from '../../domain/failure-category.ts';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';

/** 1 a thumb up or four or five stars, 0 a thumb down or one or two; undefined: no rating, or neither. */
export function ratingOf(event: FeedbackEvent): 0 | 1 | undefined {
  if (event.kind === 'thumb') return event.thumb === 'up' ? 1 : 0;
  if (event.kind !== 'stars' || event.stars === 3) return undefined;
  return event.stars > 3 ? 1 : 0;
}

/** An explicit signal, as opposed to an implicit one such as a copy. */
export function isExplicit({ kind }: FeedbackEvent): boolean {
  return !['retry', 'copy', 'regenerate', 'dwell', 'session_length'].includes(kind);
}

export function isSafetyFlag(event: FeedbackEvent): boolean {
  return event.kind === 'flag' && event.flag === 'safety';
}

/** A request for improvement, which a model update can answer. */
export function asksForChange(event: FeedbackEvent): boolean {
  return event.kind === 'correction' || event.kind === 'flag' || ratingOf(event) === 0;
}

/** Reports missing or wrong facts. */
export function isKnowledgeGap({ category, request }: EventReading): boolean {
  return !request && (category === 'coverage' || category === 'accuracy');
}
