import OpenAI from 'openai';
import { ConfigError } from '../../domain/errors.ts';
import type { EmbeddingsSpec } from '../../domain/facts.ts';
import type { Embedder } from '../../ports/embedder.ts';
import type { Environment } from '../model-key.ts';
import { toProviderError } from '../to-provider-error.ts';

/** Vectors from a server that speaks OpenAI's /embeddings; the key comes from the environment. */
export function openEmbedder({ baseUrl, model, keyEnv }: EmbeddingsSpec, env: Environment): Embedder {
  const secret = keyEnv === undefined ? undefined : env[keyEnv];
  if (keyEnv !== undefined && (secret === undefined || secret === '')) {
    throw new ConfigError(`${keyEnv} is not set`, [], { hint: 'it holds the key of the embeddings server' });
  }
  const client = new OpenAI({
    apiKey: secret ?? 'none',
    baseURL: baseUrl,
    maxRetries: 3,
    ...(secret === undefined ? { defaultHeaders: { Authorization: null } } : {}),
  });
  return {
    model,
    async embed(texts, signal) {
      try {
        const { data } = await client.embeddings.create(
          { model, input: [...texts], encoding_format: 'float' },
          { signal },
        );
        const vectors = [...data]
          .sort((a, b) => a.index - b.index)
          .map(({ embedding }) => Float32Array.from(embedding));
        if (vectors.length === texts.length && vectors.every(({ length }) => length > 0)) return vectors;
        throw new TypeError(`${vectors.length} vectors for ${texts.length} texts`);
      } catch (error) {
        const asked = {
          provider: 'openai-compatible',
          model,
          baseUrl,
          keyEnv: keyEnv ?? null,
          secret,
        };
        throw toProviderError(error, asked, Date.now());
      }
    },
  };
}
