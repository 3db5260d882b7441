import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../domain/errors.ts';
import { isBinary, readDocument } from '../../files/documents/read-document.ts';
import type { Corpus } from './corpus.ts';

export interface IndexedFile {
  readonly file: string;
  readonly outcome: 'indexed' | 'unchanged' | 'binary' | 'empty';
  readonly passages: number;
}

/** Indexes files, and folders recursively; unchanged files are skipped, as are hidden files and `node_modules`.
 * @throws InputError for a missing path or a broken JSONL or CSV file
 */
export async function* indexFiles(corpus: Corpus, paths: readonly string[]): AsyncGenerator<IndexedFile> {
  for (const path of paths) {
    for await (const file of filesBelow(path)) yield await indexFile(corpus, file);
  }
}

async function indexFile(corpus: Corpus, file: string): Promise<IndexedFile> {
  const { size, mtimeMs } = await stat(file);
  const stamp = `${size}:${Math.round(mtimeMs)}`;
  if (corpus.has(file, stamp)) return { file, outcome: 'unchanged', passages: 0 };
  if (await isBinary(file)) {
    corpus.remove(file);
    return { file, outcome: 'binary', passages: 0 };
  }
  const passages = await corpus.replace(file, stamp, readDocument(file));
  return { file, outcome: passages === 0 ? 'empty' : 'indexed', passages };
}

async function* filesBelow(path: string): AsyncGenerator<string> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new InputError(path, null, 'no such file or folder', { cause });
  });
  if (!info.isDirectory()) {
    yield path;
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) yield* filesBelow(join(path, entry.name));
    else if (entry.isFile()) yield join(path, entry.name);
  }
}
