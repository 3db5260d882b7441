import type { ContentBlock, Message } from '@anthropic-ai/sdk/resources/messages';
import type { ChatReply, TokenUsage } from '../../ports/chat-model.ts';
import { type Asked, badReply, errorInReply } from '../to-provider-error.ts';

const finishes: Readonly<Record<string, ChatReply['finish']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
};

/** What the Messages API answered, in the port's words. @param id of the request, from the headers. @throws ProviderError where it is no message. */
export function readMessage(body: unknown, asked: Asked, id: string | null = null): ChatReply {
  if (typeof body === 'string') throw badReply(`not JSON: ${body.slice(0, 200)}`, asked);
  if (typeof body !== 'object' || body === null) throw badReply('an empty reply', asked);
  if ('error' in body && body.error !== null && body.error !== undefined) throw errorInReply(body, asked);
  const message = body as Partial<Message>;
  if (!Array.isArray(message.content)) {
    throw badReply(`no content in ${JSON.stringify(body).slice(0, 200)}`, asked);
  }
  const requestId = id ?? message.id;
  return {
    text: message.content.map(textOf).join(''),
    finish: finishes[message.stop_reason ?? ''] ?? 'other',
    modelAnswered: message.model ?? null,
    usage: readUsage(message.usage),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** A forced tool's input is the structured answer; thinking is not part of the answer. */
function textOf(block: ContentBlock): string {
  if (block.type === 'text') return block.text;
  return block.type === 'tool_use' ? JSON.stringify(block.input) : '';
}

/** Anthropic counts cached tokens beside the others; the port counts them in. */
function readUsage(usage: Message['usage'] | undefined): TokenUsage | null {
  if (usage === undefined || usage === null || !Number.isFinite(usage.input_tokens)) return null;
  const cachedInput = usage.cache_read_input_tokens ?? 0;
  const cacheWrite = usage.cache_creation_input_tokens ?? 0;
  return {
    input: usage.input_tokens + cachedInput + cacheWrite,
    output: usage.output_tokens ?? 0,
    ...(cachedInput === 0 ? {} : { cachedInput }),
    ...(cacheWrite === 0 ? {} : { cacheWrite }),
  };
}
