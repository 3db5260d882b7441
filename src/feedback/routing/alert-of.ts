import { createHash } from 'node:crypto';
import type { Alert } from '../../domain/alert.ts';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import { createRedactor } from '../../privacy/redact.ts';
import { commentOf } from '../cleaning/opinion-of.ts';
import { readEvent } from '../understanding/read-event.ts';

/** Minimum confidence for free text; a clicked "safety" reason always raises an alert. */
const sureEnough = 0.6;
const keptCharacters = 2_000;

/** The alert that an event raises, or null. It depends on the event alone, so it can be raised on arrival. */
export function alertOf(event: FeedbackEvent): Alert | null {
  const reading = readEvent(event);
  if (reading?.category !== 'safety' || reading.confidence < sureEnough) return null;
  const redactor = createRedactor();
  const redact = (text: string) => redactor(text.slice(0, keptCharacters)).text;
  const comment = commentOf(event);
  return {
    id: `safety-${createHash('sha256').update(event.id).digest('hex').slice(0, 24)}`,
    kind: 'safety',
    event: event.id,
    response_id: event.response_id,
    model_version: event.model_version,
    source: event.source,
    at: event.at,
    from: reading.from,
    confidence: reading.confidence,
    query: redact(typeof event.query === 'string' ? event.query : JSON.stringify(event.query)),
    response: redact(event.response),
    comment: comment === undefined ? null : redact(comment),
  };
}
