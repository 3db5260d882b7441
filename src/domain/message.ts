/** One turn of a conversation, in the shape that chat models and trainers share. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** Calls that an assistant turn makes, in the OpenAI shape; carried, not interpreted. */
  readonly tool_calls?: readonly unknown[];
  /** The call that a tool turn answers. */
  readonly tool_call_id?: string;
  readonly name?: string;
}

/** The conversation that a prompt stands for: a string is one user turn. */
export function asMessages(prompt: string | readonly ChatMessage[]): readonly ChatMessage[] {
  return typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt;
}
