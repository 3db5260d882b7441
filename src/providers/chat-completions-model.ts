import type { ClientOptions } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { BatchModel } from '../ports/batch-model.ts';
import type { ChatModel, ChatRequest } from '../ports/chat-model.ts';
import { askServer } from './ask-server.ts';
import { bodyJson, type CompletionsStyle, chatCompletionsBody, roomTokens } from './chat-completions-body.ts';
import { Dialect, type Setting, withAdapted } from './dialect.ts';
import { JsonEndpoint } from './json-endpoint.ts';
import { fetchThrough, type Network } from './network/network.ts';
import { readReply } from './reply/read-reply.ts';
import { isThinkingModel } from './thinking-models.ts';
import type { Asked } from './to-provider-error.ts';

export interface ChatCompletionsOptions {
  readonly asked: Asked;
  readonly style: CompletionsStyle;
  readonly timeoutMs: number;
  readonly maxReplyBytes?: number | undefined;
  readonly structured: boolean;
  readonly headers?: Record<string, string | null>;
  readonly query?: Record<string, string>;
  readonly network: Network;
  readonly variant?: string | undefined;
  readonly organization?: string | null;
  readonly project?: string | null;
  /** Makes the model's batch interface, where the server has one. */
  readonly batch?: (parts: BatchParts) => BatchModel;
}

/** What a batch interface shares with its model. */
export interface BatchParts {
  readonly clientOptions: ClientOptions;
  readonly asked: Asked;
  readonly bodyOf: (request: ChatRequest) => ChatCompletionCreateParamsNonStreaming;
}

/** A model behind any server that speaks OpenAI's chat completions. */
export function chatCompletionsModel(options: ChatCompletionsOptions): ChatModel {
  const { asked, style, structured } = options;
  const clientOptions: ClientOptions = {
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
    ...fetchOf(options.network),
    ...(options.headers === undefined ? {} : { defaultHeaders: options.headers }),
    ...(options.query === undefined ? {} : { defaultQuery: options.query }),
  };
  // The SDK is loaded with the first question: a run that is finished asks none.
  const endpoint = new JsonEndpoint(
    async () => {
      const { default: OpenAI } = await import('openai');
      return new OpenAI(clientOptions).buildRequest({ method: 'post', path: '/chat/completions', body: {} });
    },
    options.timeoutMs,
    options.network,
    options.maxReplyBytes,
  );
  const refusedFromStart: readonly Setting[] = structured ? [] : ['schema', 'jsonObject'];
  const dialect = new Dialect(refusedFromStart);
  const thinks = style.thinkersRefuseSampling && isThinkingModel(style.model);

  const bodyOf = (request: ChatRequest) => dialect.write((sent) => chatCompletionsBody(request, style, sent));

  return {
    provider: asked.provider,
    model: asked.model,
    baseUrl: asked.baseUrl,
    ...(options.variant === undefined ? {} : { variant: options.variant }),
    // What a server turns out to refuse changes no request, only how it is written: the key of its reply stays.
    capabilities: { structured, logprobs: !thinks, seed: true },
    outputCeiling: (request) => request.maxTokens + roomTokens(style, request),
    complete: (request, { signal }) =>
      dialect.speak(async (sent) => {
        const body = bodyJson(chatCompletionsBody(request, style, sent), request.stableMessages);
        const reply = await askServer(asked, signal, () => endpoint.post(body, signal));
        return withAdapted(readReply(reply.body, asked, reply.header('x-request-id')), sent);
      }),
    ...(options.batch === undefined ? {} : { batch: options.batch({ clientOptions, asked, bodyOf }) }),
    close: () => endpoint.close(),
  };
}

function fetchOf(network: Network): Pick<ClientOptions, 'fetch'> {
  const fetch = fetchThrough(network);
  return fetch === undefined ? {} : { fetch };
}
