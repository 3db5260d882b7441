import OpenAI from 'openai';
import type { ChatModel, ChatReply } from '../ports/chat-model.ts';
import { type CompletionsStyle, chatCompletionsBody } from './chat-completions-body.ts';
import { readChatCompletion } from './chat-completions-reply.ts';
import { Dialect, type Setting } from './dialect.ts';
import { callerSignal, keepAliveFetch } from './keep-alive-fetch.ts';
import { RepeatedRequest } from './repeated-request.ts';
import { isThinkingModel, thinkingRoomTokens } from './thinking-models.ts';
import { type Asked, toProviderError } from './to-provider-error.ts';

export interface ChatCompletionsOptions {
  readonly asked: Asked;
  readonly style: CompletionsStyle;
  readonly timeoutMs: number;
  readonly structured: boolean;
  readonly headers?: Record<string, string | null>;
  readonly query?: Record<string, string>;
  readonly organization?: string | null;
  readonly project?: string | null;
}

type Build = OpenAI['buildRequest'];
type FinalizedRequest = Awaited<ReturnType<Build>>['req'];

class RepeatingClient extends OpenAI {
  readonly #repeated = new RepeatedRequest<FinalizedRequest>();

  override buildRequest(...[options, context]: Parameters<Build>): ReturnType<Build> {
    return this.#repeated.build(() => super.buildRequest(options, context), options);
  }
}

/** A model behind any server that speaks OpenAI's chat completions. */
export function chatCompletionsModel(options: ChatCompletionsOptions): ChatModel {
  const { asked, style, structured } = options;
  const transport = keepAliveFetch();
  const client = new RepeatingClient({
    // An absent key is expressed by a null Authorization header; the SDK wants a text all the same.
    apiKey: asked.secret ?? 'none',
    adminAPIKey: null,
    webhookSecret: null,
    organization: options.organization ?? null,
    project: options.project ?? null,
    baseURL: asked.baseUrl,
    timeout: options.timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
    fetch: transport.fetch,
    ...(options.headers === undefined ? {} : { defaultHeaders: options.headers }),
    ...(options.query === undefined ? {} : { defaultQuery: options.query }),
  });
  const refusedFromStart: readonly Setting[] = structured ? [] : ['schema'];
  const dialect = new Dialect(refusedFromStart);
  const thinks = style.thinkersRefuseSampling && isThinkingModel(style.model);

  return {
    provider: asked.provider,
    model: asked.model,
    baseUrl: asked.baseUrl,
    get capabilities() {
      return {
        structured: dialect.accepts('schema'),
        logprobs: !thinks && dialect.accepts('logprobs'),
        seed: true,
      };
    },
    outputCeiling: (request) => request.maxTokens + thinkingRoomTokens(style.model, request.thinkingTokens),
    complete: (request, { signal }) =>
      dialect.speak(async (refused, used) => {
        signal.throwIfAborted();
        return completeOnce(client, chatCompletionsBody(request, style, refused, used), asked, signal);
      }),
    close: async () => transport.close(),
  };
}

async function completeOnce(
  client: OpenAI,
  body: ReturnType<typeof chatCompletionsBody>,
  asked: Asked,
  signal: AbortSignal,
): Promise<ChatReply> {
  let reply: unknown;
  try {
    // Not as the SDK's own `signal` option: it never takes its listener off again.
    reply = await client.chat.completions.create(body, { fetchOptions: callerSignal(signal) });
  } catch (error) {
    signal.throwIfAborted();
    throw toProviderError(error, asked, Date.now());
  }
  return readChatCompletion(reply, asked);
}
