import type { Item } from '../../domain/item.ts';
import { asMessages, type ChatMessage } from '../../domain/message.ts';

/** Why a response cannot be trained on, or null where it can. */
export function unusableResponse(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return 'response_text_missing';
  if (text.trim() === '') return 'response_empty';
  if (!text.isWellFormed()) return 'response_has_lone_surrogate';
  return null;
}

/** Why a prompt cannot be trained on, or null where it can. Trainers append a reply, so it must await one. */
export function unusablePrompt(item: Item): string | null {
  if (item.prompt === null) return 'prompt_missing';
  const messages = asMessages(item.prompt);
  const last = messages.at(-1);
  if (last === undefined || messages.every((message) => message.content.trim() === '')) return 'prompt_empty';
  if (last.role === 'assistant') return 'prompt_ends_with_assistant';
  if (last.role === 'system') return 'prompt_ends_with_system';
  if (messages.slice(1).some((message) => message.role === 'system')) return 'prompt_has_late_system';
  if (messages.some((message) => !message.content.isWellFormed())) return 'prompt_has_lone_surrogate';
  return null;
}

/** The prompt of an item that passed `unusablePrompt`. */
export function promptOf(item: Item): readonly ChatMessage[] {
  return asMessages(item.prompt ?? '');
}
