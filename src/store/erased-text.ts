import type { ServedContext } from './event-content.ts';

/** What stands where somebody's words were. */
export const erasedText = '[erased]';

/** The context without what the person asked and was told. */
export function withoutWords(context: ServedContext): ServedContext {
  return { ...context, query: erasedText, response: erasedText, settings: {} };
}
