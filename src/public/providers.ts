/**
 * Ways to reach models: the shipped ones, your own, and any model of the Vercel AI SDK.
 *
 * @example
 * import { judgePairs } from 'quorate';
 * import { defineProvider } from 'quorate/providers';
 *
 * const mine = defineProvider({
 *   name: 'mine',
 *   async complete({ messages, maxTokens }, { signal, spec }) {
 *     const body = JSON.stringify({ model: spec.model, messages, max_tokens: maxTokens });
 *     const response = await fetch('http://127.0.0.1:9000/chat', { method: 'POST', body, signal });
 *     return ((await response.json()) as { text: string }).text;
 *   },
 * });
 * await judgePairs({ judge: { provider: mine, model: 'judge-7b' }, pairs: [{ prompt: 'p', a: 'x', b: 'y' }] });
 *
 * @module quorate/providers
 */
export type { ModelSpec, Price, PriceTier, RateLimits } from '../domain/job.ts';
export type {
  ChatCapabilities,
  ChatModel,
  ChatReply,
  ChatRequest,
  TokenLogprob,
  TokenUsage,
} from '../ports/chat-model.ts';
export type { Provider, Providers } from '../ports/provider.ts';
export { defineProvider, type ProviderInput } from '../providers/define-provider.ts';
export { type AiSdkJudge, type AiSdkModel, type AiSdkOptions, fromAiSdk } from '../providers/from-ai-sdk.ts';
export { openModel, priceOf, providers, withProviders } from '../providers/index.ts';
