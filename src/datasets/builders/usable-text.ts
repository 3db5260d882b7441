import type { Item } from '../../domain/item.ts';
import { asMessages, type ChatMessage } from '../../domain/message.ts';

/** Why a response cannot be trained on; null if it can. */
export function unusableResponse(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return 'response_text_missing';
  if (!/\S/u.test(text)) return 'response_empty';
  if (!text.isWellFormed()) return 'response_has_lone_surrogate';
  return null;
}

/** Why a prompt cannot be trained on; null if it can. Trainers append a reply, so the last turn must expect one. */
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

/** One conversation for all rows of an item: it is copied between threads once. */
const prompts = new WeakMap<Item, readonly ChatMessage[]>();

/** The prompt of an item that passed `unusablePrompt`. */
export function promptOf(item: Item): readonly ChatMessage[] {
  const known = prompts.get(item);
  if (known !== undefined) return known;
  const prompt = asMessages(item.prompt ?? '');
  prompts.set(item, prompt);
  return prompt;
}

/** True for texts that differ only in white space. Stops at the first other difference. */
export function sameButSpace(a: string, b: string): boolean {
  let left = 0;
  let right = 0;
  for (;;) {
    while (left < a.length && isSpace(a.charCodeAt(left))) left += 1;
    while (right < b.length && isSpace(b.charCodeAt(right))) right += 1;
    if (left === a.length || right === b.length) return left === a.length && right === b.length;
    if (a.charCodeAt(left) !== b.charCodeAt(right)) return false;
    left += 1;
    right += 1;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || code === 0xfeff;
}
