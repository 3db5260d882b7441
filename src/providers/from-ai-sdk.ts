import { ConfigError } from '../domain/errors.ts';
import type { Price } from '../domain/job.ts';
import type { ChatReply, ChatRequest, TokenUsage } from '../ports/chat-model.ts';
import type { Provider } from '../ports/provider.ts';
import { type Asked, toProviderError } from './to-provider-error.ts';

/**
 * As much of the Vercel AI SDK's `LanguageModelV2` and `LanguageModelV3` as a judge needs. A structural type: the
 * SDK is no dependency of this package.
 * @example
 * const model: AiSdkModel = {
 *   specificationVersion: 'v2',
 *   provider: 'mine',
 *   modelId: 'judge-7b',
 *   doGenerate: async () => ({ content: [{ type: 'text', text: '[[A]]' }], finishReason: 'stop' }),
 * };
 */
export interface AiSdkModel {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  // biome-ignore format: one line as in the SDK
  doGenerate(options: never): PromiseLike<unknown>;
}

/**
 * What the AI SDK does not know of its model.
 * @example
 * const options: AiSdkOptions = { price: { inputPerMtok: 0.25, outputPerMtok: 2 }, structured: true };
 */
export interface AiSdkOptions {
  /** US dollars per million tokens; default: unknown, which a budget refuses. */
  readonly price?: Price;
  /** The model can be held to a JSON Schema; default true. */
  readonly structured?: boolean;
}

/**
 * What `panel` and `judge` take.
 * @example
 * const judge = (model: AiSdkModel): AiSdkJudge => fromAiSdk(model);
 */
export interface AiSdkJudge {
  readonly provider: Provider;
  readonly model: string;
}

/**
 * Any language model of the Vercel AI SDK as a judge. Retries, limits, the budget and the record are the engine's,
 * so the SDK's own `maxRetries` has no part in it.
 * @throws ConfigError where the value is no language model of version 2 or 3.
 * @example
 * import { judgePairs } from 'quorate';
 * // in a project with the SDK: const model = openai('gpt-5-mini');
 * const model: AiSdkModel = {
 *   specificationVersion: 'v2',
 *   provider: 'mine',
 *   modelId: 'judge-7b',
 *   doGenerate: async () => ({ content: [{ type: 'text', text: '[[A]]' }], finishReason: 'stop' }),
 * };
 * await judgePairs({ judge: fromAiSdk(model), pairs });
 */
export function fromAiSdk(model: AiSdkModel, options: AiSdkOptions = {}): AiSdkJudge {
  checkModel(model);
  const { provider, modelId } = model;
  const name = `ai-sdk/${provider}/${modelId}`;
  const asked: Asked = { provider: name, model: modelId, baseUrl: provider, keyEnv: null, secret: undefined };
  const generate = model.doGenerate.bind(model) as (options: object) => PromiseLike<AiSdkResult>;
  return {
    model: modelId,
    provider: {
      name,
      keyEnv: null,
      needsModel: true,
      needsBaseUrl: false,
      modelIsFile: false,
      isModel: true,
      runsLocally: false,
      canReadQuestions: true,
      canAnswerNewQuestions: true,
      price: () => options.price ?? null,
      open: (spec) => ({
        provider: name,
        model: modelId,
        baseUrl: '',
        capabilities: {
          structured: spec.structured === 'auto' && options.structured !== false,
          logprobs: false,
          seed: true,
        },
        async complete(request, { signal }) {
          signal.throwIfAborted();
          try {
            const limit = AbortSignal.timeout(spec.timeoutMs);
            const abortSignal = AbortSignal.any([signal, limit]);
            return replyOf(await generate({ ...callOf(request), abortSignal }));
          } catch (error) {
            signal.throwIfAborted();
            throw toProviderError(asFailure(error), asked, Date.now());
          }
        },
      }),
    },
  };
}

function checkModel(model: unknown): asserts model is AiSdkModel {
  const { specificationVersion, provider, modelId, doGenerate } = (model ?? {}) as Partial<AiSdkModel>;
  const wrong =
    specificationVersion !== 'v2' && specificationVersion !== 'v3'
      ? 'specificationVersion must be "v2" or "v3"'
      : typeof provider !== 'string'
        ? 'provider must be a string'
        : typeof modelId !== 'string'
          ? 'modelId must be a string'
          : typeof doGenerate === 'function'
            ? null
            : 'doGenerate must be a function';
  if (wrong === null) return;
  throw new ConfigError(`this is no language model of the AI SDK: ${wrong}`, [], {
    hint: "give the model itself, for example openai('gpt-5-mini') of @ai-sdk/openai",
  });
}

function callOf(request: ChatRequest): object {
  const { schema, maxTokens, thinkingTokens = 0, temperature, topP, seed } = request;
  return {
    prompt: request.messages.map(({ role, content }) =>
      role === 'system'
        ? { role, content }
        : { role: role === 'assistant' ? role : 'user', content: [{ type: 'text', text: content }] },
    ),
    maxOutputTokens: maxTokens + thinkingTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(schema === undefined
      ? {}
      : { responseFormat: { type: 'json', name: schema.name, schema: schema.json } }),
  };
}

type Count = number | { readonly total?: number; readonly cacheRead?: number } | undefined;

/** The result of version 2, and what version 3 nests deeper. */
interface AiSdkResult {
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
  readonly finishReason?: string | { readonly unified?: string };
  readonly usage?: {
    readonly inputTokens?: Count;
    readonly outputTokens?: Count;
    readonly cachedInputTokens?: number;
  };
  readonly response?: { readonly id?: string; readonly modelId?: string };
}

const finishes: Readonly<Record<string, ChatReply['finish']>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
};

function replyOf({ content, finishReason, usage, response }: AiSdkResult): ChatReply {
  if (!Array.isArray(content)) throw new SyntaxError('the model gave no content');
  const finish = typeof finishReason === 'object' ? finishReason?.unified : finishReason;
  return {
    text: content.flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : [])).join(''),
    finish: finishes[finish ?? ''] ?? 'other',
    modelAnswered: response?.modelId ?? null,
    usage: usageOf(usage),
    ...(response?.id === undefined ? {} : { requestId: response.id }),
  };
}

function usageOf(usage: AiSdkResult['usage']): TokenUsage | null {
  const input = totalOf(usage?.inputTokens);
  const output = totalOf(usage?.outputTokens);
  if (input === undefined || output === undefined) return null;
  const nested = usage?.inputTokens;
  const cachedInput = typeof nested === 'object' ? nested.cacheRead : usage?.cachedInputTokens;
  return { input, output, ...(cachedInput ? { cachedInput } : {}) };
}

function totalOf(count: Count): number | undefined {
  const total = typeof count === 'object' ? count.total : count;
  return total !== undefined && Number.isFinite(total) ? total : undefined;
}

/** The SDK's APICallError calls the status `statusCode`, and keeps headers as an object. */
function asFailure(error: unknown): unknown {
  const { statusCode, responseHeaders, message, name, cause } = (error ?? {}) as {
    readonly statusCode?: number;
    readonly responseHeaders?: Readonly<Record<string, string>>;
    readonly message?: string;
    readonly name?: string;
    readonly cause?: unknown;
  };
  if (statusCode === undefined) return error;
  return { status: statusCode, message, name, cause, headers: new Headers(responseHeaders ?? {}) };
}
