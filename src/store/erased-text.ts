import { erasedText } from '../domain/feedback-event.ts';
import type { ServedContext } from './event-content.ts';

/** The context without prompt and response. */
export function withoutWords(context: ServedContext): ServedContext {
  return { ...context, query: erasedText, response: erasedText, settings: {} };
}
