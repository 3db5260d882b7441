import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { chunkText } from '../chunk-text.ts';
import { readRecords } from '../read-records.ts';
import { readCsvTexts } from './read-csv.ts';
import { readHtmlTexts } from './read-html.ts';
import { recordText } from './record-text.ts';

/** A passage of a document. Offsets are UTF-16 units in the source: a file, or a record of it (`file:line`). */
export interface DocumentPassage {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Number of leading bytes used to detect binary files. */
const sniffedBytes = 8192;

/** True for binary files: a NUL byte or invalid UTF-8 in the first 8 KB. */
export async function isBinary(file: string): Promise<boolean> {
  if (file.endsWith('.gz')) return false;
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    const bytes = buffer.subarray(0, bytesRead);
    if (bytes.includes(0)) return true;
    // `stream` accepts a character split at the end of the 8 KB
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return false;
  } catch {
    return true;
  } finally {
    await handle.close();
  }
}

/**
 * Streams the passages of a file in constant memory. Each record of a JSONL or CSV file is its own source
 * (`file:line`).
 * @throws InputError for invalid JSONL or CSV, naming the line
 */
export async function* readDocument(file: string, name = file): AsyncGenerator<DocumentPassage> {
  const kind = file.replace(/\.gz$/, '').split('.').at(-1)!.toLowerCase();
  if (kind === 'jsonl' || kind === 'ndjson') {
    for await (const { line, record } of readRecords(file))
      yield* passagesOf(`${name}:${line}`, recordText(record));
  } else if (kind === 'csv' || kind === 'tsv') {
    for await (const { line, text } of readCsvTexts(file, kind === 'tsv' ? '\t' : ','))
      yield* passagesOf(`${name}:${line}`, text);
  } else if (kind === 'html' || kind === 'htm' || kind === 'xhtml') {
    for await (const passage of readHtmlTexts(decoded(file))) yield { source: name, ...passage };
  } else {
    yield* plainPassages(file, name);
  }
}

function* passagesOf(source: string, text: string): Generator<DocumentPassage> {
  for (const chunk of chunkText(text)) yield { source, ...chunk };
}

/** Buffered text is split into passages once it exceeds this many UTF-16 units. */
const windowCharacters = 1 << 16;

async function* plainPassages(file: string, source: string): AsyncGenerator<DocumentPassage> {
  let pending = '';
  let offset = 0;
  for await (const part of decoded(file)) {
    pending += part;
    if (pending.length < windowCharacters) continue;
    const chunks = chunkText(pending);
    // the last chunk may continue
    const last = chunks.at(-1);
    for (const chunk of chunks.slice(0, -1)) yield shifted(source, chunk, offset);
    const keepFrom = last?.start ?? pending.length;
    pending = pending.slice(keepFrom);
    offset += keepFrom;
  }
  for (const chunk of chunkText(pending)) yield shifted(source, chunk, offset);
}

function shifted(
  source: string,
  chunk: { start: number; end: number; text: string },
  by: number,
): DocumentPassage {
  return { source, start: chunk.start + by, end: chunk.end + by, text: chunk.text };
}

/** Streams the characters of a file; invalid UTF-8 becomes U+FFFD, so that one bad byte does not lose the rest. */
async function* decoded(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file, { highWaterMark: 1 << 16 });
  const source = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  bytes.on('error', (error) => source.destroy(error));
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of source) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}
