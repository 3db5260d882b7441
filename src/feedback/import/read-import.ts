import { finished } from 'node:stream';
import { parse } from 'csv-parse';
import { InputError } from '../../domain/errors.ts';
import { readTextPieces } from '../../files/read-bytes.ts';
import { readJsonElements } from '../../files/read-json-elements.ts';
import { readLines } from '../../files/read-lines.ts';
import type { ImportRecord } from './import-record.ts';

/** Keys of the record list in the JSON files of tools. */
const recordLists = ['', 'results.results', 'results', 'feedbacks', 'data', 'events', 'items'];

/** Longest CSV record, in bytes: an unclosed quote would consume the rest of a file. */
const longestRecord = 64 * 1024 * 1024;

/** Streams the records of a JSONL, JSON or CSV file (.gz too); an unreadable record is reported with its line, and reading
 * continues.
 * @throws InputError if nothing further can be read
 */
export function readImport(file: string): AsyncGenerator<ImportRecord> {
  const name = file.replace(/\.gz$/, '').toLowerCase();
  if (name.endsWith('.csv') || name.endsWith('.tsv')) return readTable(file);
  return name.endsWith('.json') ? readJson(file) : readJsonl(file);
}

/** Values that occur once in a JSON file, beside its records; this reads the whole file. */
export async function readFileFacts(file: string): Promise<Record<string, unknown>> {
  const facts: Record<string, unknown> = {};
  if (!/\.json(\.gz)?$/i.test(file)) return facts;
  const onScalar = (path: string, text: string) => {
    // values inside lists belong to their elements
    if (!path.includes('[]') && text.length < 1000) facts[path] = parsed(text);
  };
  for await (const _ of readJsonElements(file, { arrays: recordLists, onScalar }));
  return facts;
}

async function* readJsonl(file: string): AsyncGenerator<ImportRecord> {
  for await (const { number, text } of readLines(file)) yield recordOf(number, text);
}

async function* readJson(file: string): AsyncGenerator<ImportRecord> {
  for await (const { line, text } of readJsonElements(file, { arrays: recordLists }))
    yield recordOf(line, text);
}

function recordOf(line: number, text: string): ImportRecord {
  const record = parsed(text);
  if (record === undefined) return { line, problem: 'is not valid JSON' };
  return typeof record === 'object' && record !== null && !Array.isArray(record)
    ? { line, record: record as Record<string, unknown> }
    : { line, problem: 'is not a JSON object' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function* readTable(file: string): AsyncGenerator<ImportRecord> {
  const { delimiter, pieces } = await withDelimiter(readTextPieces(file));
  let head: readonly string[] | null = null;
  let line = 1;
  let rows: ImportRecord[] = [];
  const parser = parse({
    delimiter,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: longestRecord,
    // collected here, since the stream drops its buffer on an error
    on_record: (cells: readonly string[], { lines }) => {
      if (head === null) head = cells;
      else rows.push(rowOf(line, head, cells));
      // the parser reports the last line of a record; its fields may contain line breaks
      line = lines + 1;
      return null;
    },
  });
  const step = (send: (done: (error?: Error | null) => void) => void): Promise<Error | null> =>
    new Promise((resolve) => send((error) => resolve(error ?? null)));
  parser.on('error', () => {});
  parser.resume();
  let failure: Error | null = null;
  for await (const piece of pieces) {
    failure = await step((done) => parser.write(piece, done));
    yield* rows;
    rows = [];
    if (failure !== null) break;
  }
  failure ??= await step((done) => finished(parser.end(), done));
  yield* rows;
  // after a stray quote the start of the next record is unknown
  if (failure !== null) {
    throw new InputError(file, line, `is not valid CSV: ${reasonOf(failure.message)}`, {
      cause: failure,
      hint: 'check the quotes from this line on',
    });
  }
}

function rowOf(line: number, head: readonly string[], cells: readonly string[]): ImportRecord {
  if (cells.length !== head.length) {
    return { line, problem: `is not valid CSV: ${cells.length} columns where the head has ${head.length}` };
  }
  return { line, record: Object.fromEntries(head.map((column, index) => [column, cells[index]])) };
}

/** The most frequent candidate in the header separates the columns. */
async function withDelimiter(
  pieces: AsyncGenerator<string>,
): Promise<{ readonly delimiter: string; readonly pieces: AsyncIterable<string> }> {
  const { value: first = '' } = await pieces.next();
  const head = first.split('\n', 1)[0]!;
  const [delimiter] = [',', ';', '\t']
    .map((mark) => [mark, head.split(mark).length] as const)
    .sort((a, b) => b[1] - a[1])[0]!;
  async function* all() {
    yield first;
    yield* pieces;
  }
  return { delimiter, pieces: all() };
}

/** The parser's message without file content. */
function reasonOf(message: string): string {
  return message.split(/[,:]/, 1)[0]!.toLowerCase();
}
