import type { FeedbackEvent } from '../domain/feedback-event.ts';
import type { ChatMessage } from '../domain/message.ts';
import type { FindSensitiveOptions } from '../privacy/find-sensitive.ts';
import { createRedactor, type NameValue } from '../privacy/redact.ts';

/**
 * Redacts personal data and secrets in all human- and model-written texts of an event, before it reaches judges, webhooks,
 * reports or exported files. One value has one placeholder for the lifetime of the redactor; `name` gives placeholders that
 * outlive it. Ids, times and pseudonyms are unchanged.
 * @example
 * const redact = openEventRedactor();
 * const safe = (events: readonly FeedbackEvent[]) => events.map(redact);
 */
export function openEventRedactor(
  options: FindSensitiveOptions & { readonly name?: NameValue } = {},
): (event: FeedbackEvent) => FeedbackEvent {
  const redactor = createRedactor(options);
  const clean = (text: string) => redactor(text).text;
  const cleanMessage = (message: ChatMessage): ChatMessage => ({
    ...message,
    content: clean(message.content),
    ...(message.tool_calls !== undefined && {
      tool_calls: cleanValue(message.tool_calls, clean) as readonly unknown[],
    }),
  });
  return (event) => ({
    ...event,
    ...cleanSignal(event, clean),
    query: typeof event.query === 'string' ? clean(event.query) : event.query.map(cleanMessage),
    response: clean(event.response),
    settings: cleanValue(event.settings, clean) as FeedbackEvent['settings'],
  });
}

type Clean = (text: string) => string;

function cleanSignal(event: FeedbackEvent, clean: Clean): object {
  const comment = 'comment' in event && event.comment !== undefined ? { comment: clean(event.comment) } : {};
  switch (event.kind) {
    case 'correction':
      return { corrected: clean(event.corrected) };
    case 'comparison':
      return { other: { ...event.other, response: clean(event.other.response) } };
    case 'ranking':
      return { others: event.others.map((other) => ({ ...other, response: clean(other.response) })) };
    case 'survey':
      return { answers: cleanValue(event.answers, clean) };
    default:
      return comment;
  }
}

/** All strings at any depth. */
function cleanValue(value: unknown, clean: Clean): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((inner) => cleanValue(inner, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanValue(inner, clean)]));
}
