import type { ModelSpec } from '../../domain/job.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import { chatCompletionsModel } from '../chat-completions-model.ts';
import { type Environment, keyOf } from '../model-key.ts';
import { keyHeaders, settingsOf, variantOf } from '../model-settings.ts';
import { completionsBase } from '../network/base-url.ts';
import { networkOf } from '../network/network.ts';
import { checkReasoning } from '../reasoning-fields.ts';
import { openAiBatch } from './openai-batch.ts';

/** Holds the key unless a spec names another variable. */
const usualKeyEnv = 'OPENAI_API_KEY';

/** A model of OpenAI's own API. @throws ProviderError `auth` where the key is missing. */
export function openOpenAi(spec: ModelSpec, env: Environment): ChatModel {
  const written = spec.baseUrl ?? env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1';
  const { baseUrl, query } = completionsBase(written, spec.model);
  const secret = keyOf(spec, env, usualKeyEnv);
  const settings = settingsOf(spec, env);
  checkReasoning(spec);
  return chatCompletionsModel({
    asked: {
      provider: spec.provider,
      model: spec.model,
      baseUrl,
      keyEnv: spec.keyEnv ?? usualKeyEnv,
      secret,
      secrets: settings.secrets,
    },
    style: {
      model: spec.model,
      tokensName: 'max_completion_tokens',
      thinkersRefuseSampling: true,
      settings: spec,
    },
    timeoutMs: spec.timeoutMs,
    maxReplyBytes: spec.maxReplyBytes,
    structured: spec.structured === 'auto',
    headers: { ...keyHeaders(spec.authHeader, secret), ...settings.headers },
    query: { ...query, ...settings.query },
    network: networkOf(baseUrl, env, spec.caFile),
    variant: variantOf(spec),
    organization: env.OPENAI_ORG_ID ?? null,
    project: env.OPENAI_PROJECT_ID ?? null,
    batch: openAiBatch,
  });
}
