import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import { erasedText } from '../../domain/feedback-event.ts';
import { asMessages, type ChatMessage } from '../../domain/message.ts';
import { hashText } from '../../files/content-hash.ts';

/** What makes two events speak of one item: the same prompt text, or the same query id. */
export const groupings = ['prompt', 'query'] as const;
export type Grouping = (typeof groupings)[number];

/** Equal for prompts that say the same in the same roles, whatever white space surrounds the turns. */
export function promptKey(prompt: string | readonly ChatMessage[]): string {
  return short(JSON.stringify(asMessages(prompt).map(({ role, content }) => [role, content.trim()])));
}

/** Equal for responses with the same text. */
export function textKey(text: string): string {
  return short(text.trim());
}

/** Id of the item that an event is about; events whose query was erased are together by their query id only. */
export function itemIdOf({ query, query_id }: FeedbackEvent, grouping: Grouping): string {
  const byText = grouping === 'prompt' && query !== erasedText;
  return byText ? `q-${promptKey(query)}` : `q-${short(`query ${query_id}`)}`;
}

/** Id of a response as a candidate: by its text, so that equal answers are one; by its response id once erased. */
export function candidateIdOf(text: string, responseId: string): string {
  return text === erasedText ? `r-${short(`response ${responseId}`)}` : `r-${textKey(text)}`;
}

/** 80 bits: a million texts collide with a chance below one in a trillion. */
function short(text: string): string {
  return hashText(text).slice(0, 20);
}
