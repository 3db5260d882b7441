/**
 * One turn of a conversation, in the shape that chat models and trainers share.
 * @example
 * const prompt: ChatMessage[] = [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Who wrote it?' }];
 */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Tool calls of an assistant turn, in the OpenAI shape; passed through uninterpreted. */
  readonly tool_calls?: readonly unknown[];
  /** Id of the call that a tool turn answers. */
  readonly tool_call_id?: string;
  readonly name?: string;
}

/** A prompt as a conversation: a string becomes one user turn. */
export function asMessages(prompt: string | readonly ChatMessage[]): readonly ChatMessage[] {
  return typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
}
