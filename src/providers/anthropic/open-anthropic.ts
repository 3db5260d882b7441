import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk';
import type { ModelSpec } from '../../domain/job.ts';
import type { BatchingChatModel } from '../../ports/batch-model.ts';
import { askServer } from '../ask-server.ts';
import { Dialect } from '../dialect.ts';
import { keepAliveFetch } from '../keep-alive-fetch.ts';
import { type Environment, keyEnvOf, keyOf } from '../model-key.ts';
import { RepeatedRequest } from '../repeated-request.ts';
import type { Asked } from '../to-provider-error.ts';
import { messageBatch } from './message-batch.ts';
import { messagesBody, roomTokens } from './messages-body.ts';
import { readMessage } from './messages-reply.ts';

type Build = Anthropic['buildRequest'];
type FinalizedRequest = Awaited<ReturnType<Build>>['req'];

class RepeatingClient extends Anthropic {
  readonly #repeated = new RepeatedRequest<FinalizedRequest>();

  override buildRequest(...[options, context]: Parameters<Build>): ReturnType<Build> {
    return this.#repeated.build(() => super.buildRequest(options, context), options);
  }
}

/** A model of Anthropic's Messages API. @throws ProviderError `auth` where the key is missing. */
export function openAnthropic(spec: ModelSpec, env: Environment): BatchingChatModel {
  const asked: Asked = {
    provider: spec.provider,
    model: spec.model,
    baseUrl: spec.baseUrl ?? env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com',
    keyEnv: keyEnvOf(spec),
    secret: keyOf(spec, env),
  };
  const transport = keepAliveFetch();
  const clientOptions: ClientOptions = {
    apiKey: asked.secret ?? null,
    baseURL: asked.baseUrl,
    timeout: spec.timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
    fetch: transport.fetch,
  };
  const client = new RepeatingClient(clientOptions);
  const structured = spec.structured === 'auto';
  const dialect = new Dialect(structured ? [] : ['schema', 'tool']);

  return {
    provider: asked.provider,
    model: asked.model,
    baseUrl: asked.baseUrl,
    capabilities: { structured, logprobs: false, seed: false },
    outputCeiling: (request) => request.maxTokens + roomTokens(spec.model, request.thinkingTokens),
    complete: (request, { signal }) =>
      dialect.speak(async (refused, used) => {
        const body = messagesBody(request, spec.model, refused, used);
        return readMessage(
          // `messages.create` would print warnings about old models to the console.
          await askServer(asked, signal, (more) => client.post('/v1/messages', { body, ...more })),
          asked,
        );
      }),
    batch: messageBatch(new Anthropic(clientOptions), asked, (request) =>
      dialect.write((refused) => messagesBody(request, spec.model, refused, [])),
    ),
    close: async () => transport.close(),
  };
}
