import type { ChatMessage } from '../domain/message.ts';
import type { JudgeTask } from './judge-task.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Everything that shapes a model's reply; two equal requests to one model are the same question. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly seed?: number;
  /** Ask for a JSON reply of this shape, where the provider can hold the model to it. */
  readonly schema?: { readonly name: string; readonly json: JsonSchema };
  /** Ask for token log-probabilities; a provider without them leaves them out, never fakes them. */
  readonly topLogprobs?: number;
  /** Room for thinking, in tokens on top of `maxTokens`; ignored by models that do not think. */
  readonly thinkingTokens?: number;
  /** How many leading messages are the same in many requests, so that they are worth caching. */
  readonly stableMessages?: number;
  /** Which of several equal askings this is: samples are different questions. */
  readonly sample?: number;
  /** The question as data, for raters without a model (heuristic, reference-based). Not sent to any server. */
  readonly task?: JudgeTask;
}

export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}

/** Tokens as the provider counted them. `input` includes cached ones. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
}

/** What came back. `finish: 'length'` means cut off: it must not be repaired into a verdict. */
export interface ChatReply {
  readonly text: string;
  readonly finish: 'stop' | 'length' | 'content_filter' | 'refusal' | 'other';
  /** The model id that the provider says answered; null where it does not say. */
  readonly modelAnswered: string | null;
  readonly usage: TokenUsage | null;
  readonly logprobs?: readonly TokenLogprob[];
  /** The provider's id of the request, for support. */
  readonly requestId?: string;
}

/** What a model can do, so that callers ask only for what is there. */
export interface ChatCapabilities {
  readonly structured: boolean;
  readonly logprobs: boolean;
  readonly seed: boolean;
  /** False where no language model answers (features, references): such opinions count as a rule's. Default: true. */
  readonly languageModel?: boolean;
}

/**
 * One way to one model. `complete` resolves with a reply or throws a ProviderError; it tries once.
 * Retry, limits, cache, budget and recording are put around it by the engine.
 */
export interface ChatModel {
  readonly provider: string;
  readonly model: string;
  /** Part of the cache key: the same model name elsewhere is another model. */
  readonly baseUrl: string;
  readonly capabilities: ChatCapabilities;
  /** The most output tokens that a call may be billed for (answer and thinking); absent means `maxTokens`. */
  outputCeiling?(request: ChatRequest): number;
  complete(request: ChatRequest, options: { readonly signal: AbortSignal }): Promise<ChatReply>;
  close?(): Promise<void>;
}
