import { hashText } from '../files/content-hash.ts';
import type { ChatModel, ChatRequest } from '../ports/chat-model.ts';

/**
 * The name of a question to a model: equal for equal questions and different for all others. Everything that shapes
 * the reply takes part, so the order of the candidates does (it is in the messages) and so does the sample.
 */
export function replyKey(
  model: Pick<ChatModel, 'provider' | 'baseUrl' | 'model'>,
  request: ChatRequest,
): string {
  // A list, not an object: its order is fixed, so equal requests are equal texts however they were put together.
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
    schema === undefined ? null : [schema.name, schema.json],
    request.messages.map(({ role, content }, index) => [
      role,
      index < (request.stableMessages ?? 0) ? hashStable(content) : hashText(content),
    ]),
  ];
  return hashText(JSON.stringify(parts));
}

/** Texts that begin many questions are hashed once. */
const stableHashes = new Map<string, string>();
const mostStableHashes = 1000;

function hashStable(text: string): string {
  let hash = stableHashes.get(text);
  if (hash === undefined) {
    if (stableHashes.size >= mostStableHashes) stableHashes.clear();
    hash = hashText(text);
    stableHashes.set(text, hash);
  }
  return hash;
}
