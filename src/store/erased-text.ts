import { erasedText } from '../domain/feedback-event.ts';
import type { ServedContext } from './event-content.ts';

/** The context without what the person asked and was told. */
export function withoutWords(context: ServedContext): ServedContext {
  return { ...context, query: erasedText, response: erasedText, settings: {} };
}
