import { ConfigError } from '../../domain/errors.ts';
import type { ModelSpec } from '../../domain/job.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import { chatCompletionsModel } from '../chat-completions-model.ts';
import { type Environment, keyOf } from '../model-key.ts';

/**
 * A model behind a server that speaks OpenAI's chat completions: vLLM, Ollama, LM Studio, llama.cpp, OpenRouter,
 * Azure. The base URL may carry a query (`?api-version=…`). Without a key no Authorization is sent.
 */
export function openCompatible(spec: ModelSpec, env: Environment): ChatModel {
  const url = baseUrlOf(spec);
  const secret = keyOf(spec, env, null);
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  return chatCompletionsModel({
    asked: {
      provider: spec.provider,
      model: spec.model,
      baseUrl: url.href.replace(/\/+$/, ''),
      keyEnv: spec.keyEnv ?? null,
      secret,
    },
    style: { model: spec.model, tokensName: 'max_tokens', thinkersRefuseSampling: false },
    timeoutMs: spec.timeoutMs,
    maxReplyBytes: spec.maxReplyBytes,
    structured: spec.structured === 'auto',
    headers: authorization(url, secret),
    query,
  });
}

function baseUrlOf(spec: ModelSpec): URL {
  const { baseUrl } = spec;
  if (baseUrl !== undefined && /^https?:/.test(baseUrl) && URL.canParse(baseUrl)) return new URL(baseUrl);
  throw new ConfigError(`the model ${spec.model} needs a base_url, received ${baseUrl ?? 'nothing'}`, [], {
    hint: 'for example http://127.0.0.1:11434/v1 for Ollama, http://127.0.0.1:8080/v1 for llama.cpp',
  });
}

function authorization(url: URL, secret: string | undefined): Record<string, string | null> {
  if (secret === undefined) return { Authorization: null };
  return url.hostname.endsWith('.azure.com') ? { 'api-key': secret } : {};
}
