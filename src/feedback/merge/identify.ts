import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import { erasedText } from '../../domain/feedback-event.ts';
import { asMessages, type ChatMessage } from '../../domain/message.ts';
import { hashText } from '../../files/content-hash.ts';

/** What identifies the item of an event: its prompt text, or its query id. */
export const groupings = ['prompt', 'query'] as const;
export type Grouping = (typeof groupings)[number];

/** Equal for prompts with the same texts and roles; white space around the turns is ignored. */
export function promptKey(prompt: string | readonly ChatMessage[]): string {
  return short(JSON.stringify(asMessages(prompt).map(({ role, content }) => [role, content.trim()])));
}

/** Equal for responses with the same text. */
export function textKey(text: string): string {
  return short(text.trim());
}

/** Id of an event's item; events with an erased query are grouped by query id only. */
export function itemIdOf({ query, query_id }: FeedbackEvent, grouping: Grouping): string {
  const byText = grouping === 'prompt' && query !== erasedText;
  return byText ? `q-${promptKey(query)}` : `q-${short(`query ${query_id}`)}`;
}

/** Id of a response as a candidate: by its text, so that equal answers are one; by its response id once erased. */
export function candidateIdOf(text: string, responseId: string): string {
  return text === erasedText ? `r-${short(`response ${responseId}`)}` : `r-${textKey(text)}`;
}

/** 80 bits: the collision probability of a million texts is below 1e-12. */
function short(text: string): string {
  return hashText(text).slice(0, 20);
}
