import type { EmbeddingsSpec } from '../../domain/facts.ts';
import { openEmbedder } from '../../providers/openai-compatible/open-embedder.ts';
import { openCorpus } from '../../store/corpus/corpus.ts';
import { indexFiles } from '../../store/corpus/index-files.ts';
import type { AppContext } from '../context.ts';

export interface IndexRequest {
  /** Files and folders. */
  readonly paths: readonly string[];
  /** Corpus database to create or update. */
  readonly corpus: string;
  /** Null: no vectors. */
  readonly embeddings: EmbeddingsSpec | null;
}

/** Indexes documents into a corpus; unchanged ones are left as they are. @throws InputError, StoreError, ProviderError */
export async function indexCorpus({ paths, corpus: file, embeddings }: IndexRequest, context: AppContext) {
  const corpus = openCorpus(file, { create: true, signal: context.signal });
  const counts = { indexed: 0, unchanged: 0, binary: 0, empty: 0 };
  try {
    for await (const one of indexFiles(corpus, paths)) {
      counts[one.outcome] += 1;
      if (one.outcome === 'binary')
        context.onEvent({ type: 'notice', text: `skipped, not UTF-8 text: ${one.file}` });
    }
    const vectors = embeddings === null ? 0 : await corpus.embed(openEmbedder(embeddings, context.env));
    return { corpus: file, ...counts, vectors_made: vectors, ...corpus.size() };
  } finally {
    corpus.close();
  }
}
