import type { ModelSpec } from '../../domain/job.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import { chatCompletionsModel } from '../chat-completions-model.ts';
import { type Environment, keyOf } from '../model-key.ts';
import { keyHeaders, settingsOf, variantOf } from '../model-settings.ts';
import { completionsBase } from '../network/base-url.ts';
import { networkOf } from '../network/network.ts';
import { checkReasoning } from '../reasoning-fields.ts';

/**
 * A model behind a server that speaks OpenAI's chat completions: vLLM, Ollama, LM Studio, llama.cpp, OpenRouter,
 * Azure. The base URL may carry a query (`?api-version=…`). Without a key no Authorization is sent.
 */
export function openCompatible(spec: ModelSpec, env: Environment): ChatModel {
  const { baseUrl, query } = completionsBase(spec.baseUrl, spec.model);
  const secret = keyOf(spec, env, null);
  const settings = settingsOf(spec, env);
  checkReasoning(spec);
  const azure = new URL(baseUrl).hostname.endsWith('.azure.com') ? 'api-key' : undefined;
  return chatCompletionsModel({
    asked: {
      provider: spec.provider,
      model: spec.model,
      baseUrl,
      keyEnv: spec.keyEnv ?? null,
      secret,
      secrets: settings.secrets,
    },
    style: { model: spec.model, tokensName: 'max_tokens', thinkersRefuseSampling: false, settings: spec },
    timeoutMs: spec.timeoutMs,
    maxReplyBytes: spec.maxReplyBytes,
    structured: spec.structured === 'auto',
    headers: { ...keyHeaders(spec.authHeader ?? azure, secret), ...settings.headers },
    query: { ...query, ...settings.query },
    network: networkOf(baseUrl, env, spec.caFile),
    variant: variantOf(spec),
  });
}
