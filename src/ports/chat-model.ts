import type { Candidate, Item } from '../domain/item.ts';
import type { ChatMessage } from '../domain/message.ts';
import type { Criterion, Rubric } from '../domain/rubric.ts';

/** A JSON Schema document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Everything that shapes a model's reply. Two equal requests to one model are the same question and are paid once.
 * @example
 * const request: ChatRequest = { messages: [{ role: 'user', content: 'A or B?' }], maxTokens: 64, temperature: 0 };
 */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly seed?: number;
  /** Ask for a JSON reply of this shape, if the provider supports structured output. */
  readonly schema?: { readonly name: string; readonly json: JsonSchema };
  /** Ask for this many token log-probabilities; a provider without them omits them and never fakes them. */
  readonly topLogprobs?: number;
  /** Reasoning budget in tokens, in addition to `maxTokens`; ignored by models without reasoning. */
  readonly thinkingTokens?: number;
  /** How many leading messages are identical in many requests, for the provider's prompt cache. */
  readonly stableMessages?: number;
  /** 0-based index among repeated samples of the same question; samples are different questions. */
  readonly sample?: number;
  /** The question as data, for providers without a model (heuristic, reference-based). Never sent to a server. */
  readonly task?: JudgeTask;
}

/**
 * One token of a reply with its natural-log probability and the most likely alternatives. A token that cannot come has
 * -9999: JSON has no -Infinity.
 * @example
 * const token: TokenLogprob = { token: 'A', logprob: -0.1, top: [{ token: 'A', logprob: -0.1 }, { token: 'B', logprob: -2.4 }] };
 */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}

/**
 * Token counts as reported by the provider. `input` includes cached tokens.
 * @example
 * const usage: TokenUsage = { input: 1200, output: 40, cachedInput: 1000 };
 */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
}

/**
 * How a reply ended. Only `stop` is a whole answer: `length` is cut off, `paused` would go on, and `other` is a reason
 * that is unknown or missing.
 */
export const finishes = ['stop', 'length', 'content_filter', 'refusal', 'paused', 'other'] as const;

/** A text of a reply that is not its answer, and the field that held it. */
export interface TextElsewhere {
  readonly place: string;
  readonly text: string;
}

/**
 * A model's reply. One that is not whole must not be repaired into a verdict.
 * @example
 * const reply: ChatReply = { text: '[[A]]', finish: 'stop', modelAnswered: 'judge-7b', usage: { input: 120, output: 4 } };
 */
export interface ChatReply {
  /** The answer; empty where the reply holds none that can safely be read. */
  readonly text: string;
  readonly finish: (typeof finishes)[number];
  /** The provider's own finish reason where `finish` is `other` and it gave one. */
  readonly finishGiven?: string;
  /** The field in which the answer lay, where it was not the usual one, for example `reasoning_content`. */
  readonly place?: string;
  /** Where `text` is empty: what the reply held in other fields. */
  readonly elsewhere?: readonly TextElsewhere[];
  /** The model id that the provider reports; null if it reports none. */
  readonly modelAnswered: string | null;
  readonly usage: TokenUsage | null;
  readonly logprobs?: readonly TokenLogprob[];
  /**
   * Settings of the request that the server refused, so that they were left out or said another way, for example
   * `schema` (asked for in words) or `system` (put before the first user message).
   */
  readonly adapted?: readonly string[];
  /** The provider's request id, for support. */
  readonly requestId?: string;
}

/**
 * What a model supports; callers ask only for these features.
 * @example
 * const capabilities: ChatCapabilities = { structured: true, logprobs: false, seed: true };
 */
export interface ChatCapabilities {
  readonly structured: boolean;
  readonly logprobs: boolean;
  readonly seed: boolean;
  /** False where no language model answers (features, references): such opinions count as a rule's. Default: true. */
  readonly languageModel?: boolean;
}

/**
 * One model at one endpoint. `complete` makes a single attempt: it resolves with a reply or throws a ProviderError.
 * The engine adds retries, rate limits, caching, budget and recording.
 *
 * To add your own provider, implement this interface. Map each failure to a ProviderErrorKind: the kind decides
 * whether the engine retries, records an error vote or stops the run. Pass `signal` to the HTTP client.
 * @example
 * const echo: ChatModel = {
 *   provider: 'echo',
 *   model: 'echo-1',
 *   baseUrl: '',
 *   capabilities: { structured: false, logprobs: false, seed: true },
 *   async complete(request, { signal }) {
 *     signal.throwIfAborted();
 *     const text = request.messages.at(-1)?.content ?? '';
 *     return { text, finish: 'stop', modelAnswered: 'echo-1', usage: null };
 *   },
 * };
 */
export interface ChatModel {
  readonly provider: string;
  readonly model: string;
  /** Part of the cache key: the same model name at another address is another model. */
  readonly baseUrl: string;
  /** Names settings of the model beyond those of a request that shape its replies; part of the cache key. */
  readonly variant?: string;
  readonly capabilities: ChatCapabilities;
  /** Maximum output tokens that a call can be billed for (answer and reasoning). Default: `maxTokens`. */
  outputCeiling?(request: ChatRequest): number;
  /** @throws ProviderError, or the signal's reason when aborted. */
  complete(request: ChatRequest, options: { readonly signal: AbortSignal }): Promise<ChatReply>;
  close?(): Promise<void>;
}

/** A judge's question as data: the content of a prompt before it is rendered. */
export interface JudgeTask {
  readonly mode: 'pairwise' | 'pointwise' | 'listwise';
  readonly rubric: Rubric;
  readonly item: Item;
  /** In the order in which the judge sees them; one for pointwise, two for pairwise. */
  readonly shown: readonly Candidate[];
  readonly criterion?: Criterion;
  /** Id of the constitution principle that is asked about, instead of the judge's own rubric. */
  readonly principle?: string;
}
