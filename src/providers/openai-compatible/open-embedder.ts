import OpenAI from 'openai';
import { ConfigError } from '../../domain/errors.ts';
import type { EmbeddingsSpec } from '../../domain/facts.ts';
import type { Embedder } from '../../ports/embedder.ts';
import type { Environment } from '../model-key.ts';
import { badReply, toProviderError } from '../to-provider-error.ts';

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
  const asked = { provider: 'openai-compatible', model, baseUrl, keyEnv: keyEnv ?? null, secret };
  return {
    model,
    async embed(texts, signal) {
      try {
        const { data } = await client.embeddings.create(
          { model, input: [...texts], encoding_format: 'float' },
          { signal },
        );
        const vectors = vectorsOf(data, texts.length);
        if (vectors !== null) return vectors;
        throw badReply(`no vector for each of the ${texts.length} texts`, asked);
      } catch (error) {
        throw toProviderError(error, asked, Date.now());
      }
    },
  };
}

/** Null where the server sent anything but as many vectors of equally many numbers. */
function vectorsOf(data: unknown, count: number): Float32Array[] | null {
  if (!Array.isArray(data) || data.length !== count) return null;
  const places = data as readonly { readonly index: number; readonly embedding: unknown }[];
  const vectors = [...places]
    .sort((a, b) => a.index - b.index)
    .map(({ embedding }) => (Array.isArray(embedding) ? Float32Array.from(embedding) : new Float32Array()));
  const [first] = vectors;
  const good = vectors.every(
    (vector) => vector.length > 0 && vector.length === first!.length && vector.every(Number.isFinite),
  );
  return good ? vectors : null;
}
