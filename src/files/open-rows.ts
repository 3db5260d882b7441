import { open } from 'node:fs/promises';
import type { Row } from './json-record.ts';
import { isRecord, type JsonRecord } from './json-record.ts';
import { isParquet } from './packing/packing.ts';
import { readBytes, readTextPieces } from './read-bytes.ts';
import { readJsonDocument, recordLists } from './read-json-document.ts';
import { readJsonElements } from './read-json-elements.ts';
import { type Line, readLines } from './read-lines.ts';
import { readParquet } from './read-parquet.ts';
import { readTable } from './read-table.ts';
import { shapeOf, type TextShape } from './text-shape.ts';

export type ContainerName = TextShape | 'parquet';

/** A file of records, opened. */
export interface RowSource {
  readonly file: string;
  readonly container: ContainerName;
  /** Path of the list in a JSON object; null where there is none. */
  readonly list: string | null;
  /** What stands beside the list in a JSON object. */
  readonly facts: JsonRecord;
  /** The lines of JSONL; read these or the rows. */
  readonly lines?: AsyncIterable<Line>;
  /** Read once. */
  readonly rows: AsyncIterable<Row>;
}

/** How much of a file is read before its container is known. */
const headBytes = 1 << 16;
/** A larger JSON object is streamed: only its usual lists are found then, and nothing beside them. */
const longestDocument = 64 * 1024 * 1024;

/**
 * Opens a file of records whatever contains them: JSONL, a JSON list or object, CSV, TSV, Parquet, packed or not, in
 * UTF-8 or UTF-16. Memory stays bounded. `-` is standard input.
 * @throws InputError for a missing, corrupt or foreign file; also while rows are read
 */
export async function openRows(file: string): Promise<RowSource> {
  if (await isParquetFile(file)) {
    return { file, container: 'parquet', list: null, facts: {}, rows: readParquet(file) };
  }
  const { head, isWhole, all } = await headOf(readBytes(file), headBytes);
  const text = new TextDecoder().decode(Buffer.concat(head), { stream: !isWhole });
  const container = shapeOf({ name: file, text, isWhole });
  const plain = { file, container, list: null, facts: {} };
  switch (container) {
    case 'jsonl': {
      const lines = readLines(file, all);
      return { ...plain, lines, rows: rowsOfLines(lines) };
    }
    case 'json-list':
      return { ...plain, list: '', rows: rowsOfElements(file, [''], readTextPieces(file, all)) };
    case 'table':
      return { ...plain, rows: readTable(file, readTextPieces(file, all)) };
    case 'json-document':
      return { ...plain, ...(await openDocument(file, all)) };
  }
}

async function openDocument(
  file: string,
  bytes: AsyncIterable<Buffer>,
): Promise<Pick<RowSource, 'list' | 'facts' | 'rows'>> {
  const { head, isWhole, all } = await headOf(bytes, longestDocument);
  const pieces = readTextPieces(file, all);
  if (!isWhole) return { list: null, facts: {}, rows: rowsOfElements(file, recordLists, pieces) };
  head.length = 0;
  const text: string[] = [];
  for await (const piece of pieces) text.push(piece);
  const { list, facts, rows } = await readJsonDocument(file, text.join(''));
  return { list, facts, rows: streamOf(rows) };
}

async function isParquetFile(file: string): Promise<boolean> {
  if (file === '-') return false;
  const handle = await open(file).catch(() => null);
  // what is wrong with the file is reported when it is read
  if (handle === null) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && isParquet(buffer);
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

interface Start {
  readonly head: Buffer[];
  readonly isWhole: boolean;
  readonly all: AsyncIterable<Buffer>;
}

async function headOf(bytes: AsyncIterable<Buffer>, length: number): Promise<Start> {
  const chunks = bytes[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let isWhole = false;
  for (let size = 0; size <= length && !isWhole; ) {
    const next = await chunks.next();
    if (next.done === true) isWhole = true;
    else {
      held.push(next.value);
      size += next.value.length;
    }
  }
  const first = [...held];
  async function* all(): AsyncGenerator<Buffer> {
    yield* first.splice(0);
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  return { head: held, isWhole, all: all() };
}

async function* rowsOfLines(lines: AsyncIterable<Line>): AsyncGenerator<Row> {
  for await (const { number, text } of lines) yield rowOf(number, text);
}

async function* rowsOfElements(
  file: string,
  arrays: readonly string[],
  text: AsyncIterable<string>,
): AsyncGenerator<Row> {
  for await (const element of readJsonElements(file, { arrays }, text))
    yield rowOf(element.line, element.text);
}

async function* streamOf(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

function rowOf(line: number, text: string): Row {
  try {
    const record: unknown = JSON.parse(text);
    return isRecord(record)
      ? { line, record }
      : { line, problem: `expected a JSON object, received ${clip(text)}` };
  } catch (error) {
    return {
      line,
      problem: `not valid JSON: ${clip(error instanceof Error ? error.message : String(error))}`,
    };
  }
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
