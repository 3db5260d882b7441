import { resolve } from 'node:path';
import { ConfigError } from '../../domain/errors.ts';
import type { EmbeddingsSpec } from '../../domain/facts.ts';
import { openEmbedder } from '../../providers/openai-compatible/open-embedder.ts';
import { openCorpus } from '../../store/corpus/corpus.ts';
import { indexFiles } from '../../store/corpus/index-files.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';

export interface IndexFlags {
  readonly corpus: string;
  readonly embeddingsUrl?: string;
  readonly embeddingsModel?: string;
  readonly embeddingsKeyEnv?: string;
  readonly json?: boolean;
}

/** `quorate facts index`: documents into a corpus, what did not change left as it is. */
export async function indexCorpus(
  io: CommandIo,
  paths: readonly string[],
  flags: IndexFlags,
): Promise<ExitCode> {
  const embeddings = embeddingsOf(flags);
  const file = resolve(io.cwd, flags.corpus);
  const corpus = openCorpus(file, { create: true, signal: io.signal });
  const counts = { indexed: 0, unchanged: 0, binary: 0, empty: 0 };
  try {
    for await (const one of indexFiles(
      corpus,
      paths.map((path) => resolve(io.cwd, path)),
    )) {
      counts[one.outcome] += 1;
      if (one.outcome === 'binary') note(io, `left out, not UTF-8 text: ${one.file}`);
    }
    let made = 0;
    if (embeddings !== null) made = await corpus.embed(openEmbedder(embeddings, io.env));
    const size = corpus.size();
    const report = { corpus: file, ...counts, vectors_made: made, ...size };
    if (flags.json === true) line(io, JSON.stringify(report, null, 2));
    else {
      line(io, `${file}: ${size.files} files, ${size.passages} passages, ${size.vectors} vectors`);
      line(
        io,
        `${counts.indexed} indexed, ${counts.unchanged} unchanged, ${counts.binary} not text, ${counts.empty} empty`,
      );
    }
    if (size.passages > 0) return exitCodes.ok;
    note(io, 'The corpus is empty: nothing in these paths is text.');
    return exitCodes.usage;
  } finally {
    corpus.close();
  }
}

function embeddingsOf(flags: IndexFlags): EmbeddingsSpec | null {
  const { embeddingsUrl: baseUrl, embeddingsModel: model, embeddingsKeyEnv: keyEnv } = flags;
  if (baseUrl === undefined && model === undefined) return null;
  if (baseUrl === undefined || model === undefined || !/^https?:/.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new ConfigError('--embeddings-url (http or https) and --embeddings-model go together');
  }
  return { baseUrl, model, ...(keyEnv !== undefined && { keyEnv }) };
}
