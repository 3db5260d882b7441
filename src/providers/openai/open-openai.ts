import type { ModelSpec } from '../../domain/job.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import { chatCompletionsModel } from '../chat-completions-model.ts';
import { type Environment, keyOf } from '../model-key.ts';
import { openAiBatch } from './openai-batch.ts';

/** Holds the key unless a spec names another variable. */
const usualKeyEnv = 'OPENAI_API_KEY';

/** A model of OpenAI's own API. @throws ProviderError `auth` where the key is missing. */
export function openOpenAi(spec: ModelSpec, env: Environment): ChatModel {
  return chatCompletionsModel({
    asked: {
      provider: spec.provider,
      model: spec.model,
      baseUrl: spec.baseUrl ?? env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
      keyEnv: spec.keyEnv ?? usualKeyEnv,
      secret: keyOf(spec, env, usualKeyEnv),
    },
    style: { model: spec.model, tokensName: 'max_completion_tokens', thinkersRefuseSampling: true },
    timeoutMs: spec.timeoutMs,
    maxReplyBytes: spec.maxReplyBytes,
    structured: spec.structured === 'auto',
    organization: env.OPENAI_ORG_ID ?? null,
    project: env.OPENAI_PROJECT_ID ?? null,
    batch: openAiBatch,
  });
}
