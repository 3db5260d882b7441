import type { ChatMessage } from '../domain/message.ts';
import { isRecord } from '../files/json-record.ts';
import { asList, textOf } from './values.ts';

const roles: Readonly<Record<string, ChatMessage['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  prompter: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  ai: 'assistant',
  tool: 'tool',
  function: 'tool',
  observation: 'tool',
};

/** Chat messages as tools write them ({role, content}, {from, value}, content parts); null if it is no conversation. */
export function messagesOf(value: unknown): readonly ChatMessage[] | null {
  const list = asList(isRecord(value) ? [value] : value);
  if (list.length === 0) return null;
  const messages: ChatMessage[] = [];
  for (const one of list) {
    if (!isRecord(one)) return null;
    const role = roles[String(one.role ?? one.from).toLowerCase()];
    if (role === undefined) return null;
    const calls = Array.isArray(one.tool_calls) && one.tool_calls.length > 0 ? one.tool_calls : undefined;
    const content = contentOf(one.content ?? one.value) ?? (calls === undefined ? undefined : '');
    if (content === undefined) return null;
    messages.push({
      role,
      content,
      ...(calls !== undefined && { tool_calls: calls as readonly unknown[] }),
      ...(typeof one.tool_call_id === 'string' && { tool_call_id: one.tool_call_id }),
      ...(typeof one.name === 'string' && { name: one.name }),
    });
  }
  return messages;
}

/** The text of a message: a string, or its text parts joined; what is no text is named in its place. */
export function contentOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  return content
    .map((part: unknown) => {
      if (typeof part === 'string') return part;
      if (!isRecord(part)) return '';
      return textOf(part.text) ?? `[${String(part.type ?? 'part')}]`;
    })
    .join('\n');
}

/** The dialogue of a text that marks its turns with "Human:" and "Assistant:"; null if it marks none. */
export function dialogueOf(text: string): readonly ChatMessage[] | null {
  const parts = text.split(/(?:^|\n\n)(Human|Assistant): ?/);
  if (parts.length < 3 || parts[0]!.trim() !== '') return null;
  const messages: ChatMessage[] = [];
  for (let index = 1; index < parts.length; index += 2) {
    messages.push({ role: parts[index] === 'Human' ? 'user' : 'assistant', content: parts[index + 1]! });
  }
  return messages;
}

/** A response as text: one assistant turn as it is, several turns with their roles named. */
export function textOfTurns(turns: readonly ChatMessage[]): string {
  const [only] = turns;
  if (turns.length === 1 && only!.tool_calls === undefined) return only!.content;
  return turns
    .map(({ role, content, tool_calls: calls }) => {
      const called = calls?.map((call) => `\n\`\`\`json\n${JSON.stringify(call)}\n\`\`\``).join('') ?? '';
      return `[${role}]\n${content}${called}`;
    })
    .join('\n\n');
}

/** A prompt: one user turn is its text, anything more stays a conversation. */
export function promptOfTurns(turns: readonly ChatMessage[]): string | readonly ChatMessage[] {
  const [only] = turns;
  return turns.length === 1 && only!.role === 'user' ? only!.content : turns;
}

/** How many leading turns two conversations share; the last turn of each is never shared. */
export function sharedTurns(a: readonly ChatMessage[], b: readonly ChatMessage[]): number {
  const most = Math.min(a.length, b.length) - 1;
  let count = 0;
  while (count < most && a[count]!.role === b[count]!.role && a[count]!.content === b[count]!.content)
    count += 1;
  return count;
}
