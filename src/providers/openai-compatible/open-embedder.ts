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

/** Null where the server sent anything but one vector for each text, all equally long. */
function vectorsOf(data: unknown, count: number): Float32Array[] | null {
  if (!Array.isArray(data) || data.length !== count) return null;
  const vectors = new Map<number, Float32Array>();
  for (const [at, entry] of (data as readonly unknown[]).entries()) {
    // a server that gives no places sends them in order
    const { index = at, embedding } = (entry ?? {}) as {
      readonly index?: unknown;
      readonly embedding?: unknown;
    };
    if (typeof index !== 'number' || !isVector(embedding)) return null;
    vectors.set(index, Float32Array.from(embedding));
  }
  const ordered = Array.from(data, (_entry, at) => vectors.get(at));
  const width = ordered[0]?.length;
  // two of one place, or one beyond the end, leave another without a vector
  return ordered.every((vector) => vector !== undefined && vector.length === width)
    ? (ordered as Float32Array[])
    : null;
}

function isVector(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
}
