import type { Price, PriceTier } from '../../domain/job.ts';
import type { ChatModel, ChatRequest, TokenUsage } from '../../ports/chat-model.ts';

const million = 1_000_000;

/** The price for a prompt of this length. */
function priceAt(price: Price, inputTokens: number): Price | PriceTier {
  return price.tiers?.findLast(({ aboveInputTokens }) => inputTokens > aboveInputTokens) ?? price;
}

/** Cost of a reply in US dollars; null where the price or the token counts are unknown. */
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

/** Expected cost of a number of calls when nothing is cached. */
export function expectedCost(inputTokens: number, outputTokens: number, price: Price, calls = 1): number {
  const { inputPerMtok, outputPerMtok } = priceAt(price, inputTokens / Math.max(1, calls));
  return (inputTokens * inputPerMtok + outputTokens * outputPerMtok) / million;
}

/** Upper bounds of the tokens of a message beyond its text, and of a request beyond its messages. */
const tokensPerMessage = 16;
const tokensPerRequest = 64;

/**
 * Upper bound of the cost of a call: a token covers at least one byte of UTF-8, so bytes bound the input tokens, and the
 * reply is bounded by its limit. Only with a bound can a budget be a hard limit.
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
