import type { ChatMessage } from '../domain/message.ts';

/** Whether some templates could not take the messages: a system message, or turns of one role after another. */
export function needsMerging(messages: readonly ChatMessage[]): boolean {
  return messages.some(
    ({ role }, index) => role === 'system' || (index > 0 && messages[index - 1]!.role === role),
  );
}

/** The messages without a system role: its text stands before that of the user, and turns alternate. */
export function mergedTurns(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const { role, content } of messages) {
    const turn = role === 'assistant' ? 'assistant' : 'user';
    const last = merged.at(-1);
    if (last?.role === turn)
      merged[merged.length - 1] = { role: turn, content: `${last.content}\n\n${content}` };
    else merged.push({ role: turn, content });
  }
  return merged;
}
