import { fixedJson, hashText } from '../../files/content-hash.ts';
import { messageHashes } from '../../files/message-hashes.ts';
import type { ChatModel, ChatRequest } from '../../ports/chat-model.ts';

/**
 * Key of a question to a model: equal for equal questions, different for all others. It covers everything that affects the
 * reply, including the order of the candidates (through the messages) and the sample.
 */
export function replyKey(
  model: Pick<ChatModel, 'provider' | 'baseUrl' | 'model' | 'variant'>,
  request: ChatRequest,
): string {
  // A list, not an object: its order is fixed, so equal requests serialise to equal texts.
  const { schema } = request;
  const parts = [
    model.provider,
    model.baseUrl,
    model.model,
    request.maxTokens,
    request.temperature ?? null,
    request.topP ?? null,
    request.seed ?? null,
    request.topLogprobs ?? null,
    request.thinkingTokens ?? null,
    request.sample ?? 0,
  ].map((part) => JSON.stringify(part));
  parts.push(schema === undefined ? 'null' : `[${JSON.stringify(schema.name)},${fixedJson(schema.json)}]`);
  parts.push(messageHashes(request));
  // Only where there is one: the keys of all other questions stay as they were.
  if (model.variant !== undefined) parts.push(JSON.stringify(model.variant));
  return hashText(`[${parts.join(',')}]`);
}
