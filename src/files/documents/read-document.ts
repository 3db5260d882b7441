import { open } from 'node:fs/promises';
import { finished } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { InputError } from '../../domain/errors.ts';
import { chunkText } from '../chunk-text.ts';
import { readBytes } from '../read-bytes.ts';
import { readRecords } from '../read-records.ts';
import { longestRecord } from '../read-table.ts';
import { readHtmlTexts } from './read-html.ts';

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

export interface DocumentLimits {
  /** Longest record of a CSV file, in bytes. */
  readonly record: number;
  /** Longest HTML page, in UTF-16 units. */
  readonly page: number;
}

const usualLimits: DocumentLimits = { record: longestRecord, page: 64 * 1024 * 1024 };

/**
 * Streams the passages of a file in bounded memory. Each record of a JSONL or CSV file is its own source
 * (`file:line`).
 * @throws InputError for invalid JSONL or CSV and for what is longer than the limits, naming the line
 */
export async function* readDocument(
  file: string,
  name = file,
  limits = usualLimits,
): AsyncGenerator<DocumentPassage> {
  const kind = file.replace(/\.gz$/, '').split('.').at(-1)!.toLowerCase();
  if (kind === 'jsonl' || kind === 'ndjson') {
    for await (const { line, record } of readRecords(file))
      yield* passagesOf(`${name}:${line}`, recordText(record));
  } else if (kind === 'csv' || kind === 'tsv') {
    for await (const { line, text } of readCsvTexts(file, kind === 'tsv' ? '\t' : ',', limits.record))
      yield* passagesOf(`${name}:${line}`, text);
  } else if (kind === 'html' || kind === 'htm' || kind === 'xhtml') {
    for await (const passage of readHtmlTexts(file, decoded(file), limits.page))
      yield { source: name, ...passage };
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
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of readBytes(file)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Streams the rows of a CSV file with a header, each as one text. @throws InputError naming the line */
async function* readCsvTexts(
  file: string,
  delimiter: string,
  longest: number,
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  let rows: { readonly line: number; readonly text: string }[] = [];
  const parser = parse({
    delimiter,
    columns: true,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longest,
    on_record: (record: Record<string, string>, { lines }) => {
      rows.push({ line: lines, text: recordText(record) });
      return null;
    },
  });
  parser.on('error', () => {});
  parser.resume();
  const step = (send: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) =>
      send((error) => {
        if (error === undefined || error === null) resolve();
        else reject(error);
      }),
    );
  try {
    for await (const piece of decoded(file)) {
      await step((done) => parser.write(piece, done));
      yield* rows;
      rows = [];
    }
    await step((done) => finished(parser.end(), done));
    yield* rows;
  } catch (cause) {
    const { lines, code } = cause as CsvError & { lines?: number };
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw cause;
    const isTooLong = code === 'CSV_MAX_RECORD_SIZE';
    throw new InputError(
      file,
      lines ?? null,
      isTooLong
        ? `has a record of more than ${longest} bytes`
        : `not a CSV file: ${(cause as Error).message}`,
      { cause, hint: 'check the quotes from this line on' },
    );
  }
}

/** Common names of text fields, in order of precedence. */
const textFields = ['text', 'content', 'body', 'passage', 'document', 'answer', 'abstract', 'summary'];

/** The text of a record: title and text field, otherwise all its values as `name: value`. */
function recordText(record: Readonly<Record<string, unknown>>): string {
  const main = textFields.map((name) => record[name]).find((value) => typeof value === 'string');
  const title = record.title ?? record.name ?? record.question;
  if (typeof main === 'string')
    return typeof title === 'string' && title !== main ? `${title}\n\n${main}` : main;
  return Object.entries(record)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => `${name}:${isSentence(value) ? '\n' : ' '}${String(value)}`)
    .join('\n');
}

/** Sentences are put on their own line, so that the field name does not become part of them. */
function isSentence(value: unknown): boolean {
  return /[.!?]["'”)]*\s*$/.test(String(value));
}
