import type { ClientOptions } from '@anthropic-ai/sdk';
import type { ModelSpec } from '../../domain/job.ts';
import type { BatchingChatModel } from '../../ports/batch-model.ts';
import { askServer } from '../ask-server.ts';
import { Dialect, withAdapted } from '../dialect.ts';
import { JsonEndpoint } from '../json-endpoint.ts';
import { type Environment, keyOf } from '../model-key.ts';
import { keyHeaders, settingsOf, variantOf } from '../model-settings.ts';
import { messagesBase } from '../network/base-url.ts';
import { fetchThrough, networkOf } from '../network/network.ts';
import { readReply } from '../reply/read-reply.ts';
import type { Asked } from '../to-provider-error.ts';
import { messageBatch } from './message-batch.ts';
import { messagesBody, roomTokens } from './messages-body.ts';

/** Holds the key unless a spec names another variable. */
const usualKeyEnv = 'ANTHROPIC_API_KEY';

/** A model of Anthropic's Messages API. @throws ProviderError `auth` where the key is missing. */
export function openAnthropic(spec: ModelSpec, env: Environment): BatchingChatModel {
  const settings = settingsOf(spec, env);
  const asked: Asked = {
    provider: spec.provider,
    model: spec.model,
    baseUrl: messagesBase(spec.baseUrl ?? env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com'),
    keyEnv: spec.keyEnv ?? usualKeyEnv,
    secret: keyOf(spec, env, usualKeyEnv),
    secrets: settings.secrets,
  };
  const network = networkOf(asked.baseUrl, env, spec.caFile);
  const fetch = fetchThrough(network);
  const variant = variantOf(spec);
  const clientOptions: ClientOptions = {
    apiKey: asked.secret ?? null,
    authToken: null,
    defaultHeaders: { ...keyHeaders(spec.authHeader, asked.secret), ...settings.headers },
    defaultQuery: { ...settings.query },
    ...(fetch === undefined ? {} : { fetch }),
    baseURL: asked.baseUrl,
    timeout: spec.timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
  };
  // The SDK is loaded with the first question: a run that is finished asks none.
  const openClient = async () => {
    const { default: Anthropic } = await import('@anthropic-ai/sdk');
    return new Anthropic(clientOptions);
  };
  const endpoint = new JsonEndpoint(
    async () => (await openClient()).buildRequest({ method: 'post', path: '/v1/messages', body: {} }),
    spec.timeoutMs,
    network,
    spec.maxReplyBytes,
  );
  const structured = spec.structured === 'auto';
  const dialect = new Dialect(structured ? [] : ['schema', 'tool']);

  return {
    provider: asked.provider,
    model: asked.model,
    baseUrl: asked.baseUrl,
    ...(variant === undefined ? {} : { variant }),
    capabilities: { structured, logprobs: false, seed: false },
    outputCeiling: (request) => request.maxTokens + roomTokens(spec, request.thinkingTokens),
    complete: (request, { signal }) =>
      dialect.speak(async (sent) => {
        const body = messagesBody(request, spec, sent);
        const reply = await askServer(asked, signal, () => endpoint.post(JSON.stringify(body), signal));
        return withAdapted(readReply(reply.body, asked, reply.header('request-id')), sent);
      }),
    batch: messageBatch(openClient, asked, (request) =>
      dialect.write((sent) => messagesBody(request, spec, sent)),
    ),
    close: () => endpoint.close(),
  };
}
