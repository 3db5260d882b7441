import type { Price } from '../domain/job.ts';
import type { ChatModel, ChatRequest, TokenUsage } from '../ports/chat-model.ts';

const million = 1_000_000;

/** What a reply cost, in US dollars; null where the price or the token counts are unknown. */
export function costOf(usage: TokenUsage | null, price: Price | null): number | null {
  if (price === null || usage === null) return null;
  const cached = usage.cachedInput ?? 0;
  const written = usage.cacheWrite ?? 0;
  const plain = Math.max(0, usage.input - cached - written);
  return (
    (plain * price.inputPerMtok +
      cached * (price.cachedInputPerMtok ?? price.inputPerMtok) +
      written * (price.cacheWritePerMtok ?? price.inputPerMtok) +
      usage.output * price.outputPerMtok) /
    million
  );
}

/** What a call may be expected to cost when nothing is cached. */
export function expectedCost(inputTokens: number, outputTokens: number, price: Price): number {
  return (inputTokens * price.inputPerMtok + outputTokens * price.outputPerMtok) / million;
}

/** Tokens that a message costs beyond its text, generously. */
const tokensPerMessage = 16;
const tokensPerRequest = 64;

/**
 * The most that a call can cost: a token covers at least one byte of UTF-8, so bytes bound tokens from above, and
 * the reply is bounded by what was allowed. Only a bound lets a budget be a hard limit.
 */
export function costBound(
  model: Pick<ChatModel, 'outputCeiling'>,
  request: ChatRequest,
  price: Price,
): number {
  let input = tokensPerRequest;
  for (const { content } of request.messages) input += Buffer.byteLength(content) + tokensPerMessage;
  if (request.schema !== undefined) input += Buffer.byteLength(JSON.stringify(request.schema));
  const output = model.outputCeiling?.(request) ?? request.maxTokens + (request.thinkingTokens ?? 0);
  const inputPerMtok = Math.max(price.inputPerMtok, price.cacheWritePerMtok ?? 0);
  return (input * inputPerMtok + output * price.outputPerMtok) / million;
}
