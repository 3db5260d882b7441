import type { Price, PriceTier } from '../../domain/job.ts';
import type { ChatModel, ChatRequest, TokenUsage } from '../../ports/chat-model.ts';

const million = 1_000_000;

/** The price for a prompt of this length. */
function priceAt(price: Price, inputTokens: number): Price | PriceTier {
  return price.tiers?.findLast(({ aboveInputTokens }) => inputTokens > aboveInputTokens) ?? price;
}

/** What a reply cost, in US dollars; null where the price or the token counts are unknown. */
export function costOf(usage: TokenUsage | null, price: Price | null): number | null {
  if (price === null || usage === null) return null;
  const cached = usage.cachedInput ?? 0;
  const written = usage.cacheWrite ?? 0;
  const plain = Math.max(0, usage.input - cached - written);
  const { inputPerMtok, outputPerMtok, cachedInputPerMtok, cacheWritePerMtok } = priceAt(price, usage.input);
  return (
    (plain * inputPerMtok +
      cached * (cachedInputPerMtok ?? inputPerMtok) +
      written * (cacheWritePerMtok ?? inputPerMtok) +
      usage.output * outputPerMtok) /
    million
  );
}

/** What so many calls together may be expected to cost when nothing is cached. */
export function expectedCost(inputTokens: number, outputTokens: number, price: Price, calls = 1): number {
  const { inputPerMtok, outputPerMtok } = priceAt(price, inputTokens / Math.max(1, calls));
  return (inputTokens * inputPerMtok + outputTokens * outputPerMtok) / million;
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
  // Prices rise with the length of the prompt: the price at the bound is the highest that this call can have.
  const at = priceAt(price, input);
  const inputPerMtok = Math.max(at.inputPerMtok, at.cacheWritePerMtok ?? 0);
  return (input * inputPerMtok + output * at.outputPerMtok) / million;
}
