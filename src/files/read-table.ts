import { finished } from 'node:stream';
import { parse } from 'csv-parse';
import { InputError } from '../domain/errors.ts';
import type { Row } from './json-record.ts';

/** Longest record in bytes: an unclosed quote would consume the rest of a file. */
export const longestRecord = 64 * 1024 * 1024;

/**
 * Streams the rows of a CSV or TSV text with a header; every cell is a string. The delimiter is recognised (comma,
 * semicolon, tab, bar), and the second and third header of a Qualtrics export are left out. A row of another length
 * than the header is a problem of its own, and reading continues.
 * @throws InputError for columns of the same name, and where a stray quote leaves the next record unknown
 */
export async function* readTable(file: string, text: AsyncIterable<string>): AsyncGenerator<Row> {
  const first: Row[] = [];
  let isDecided = false;
  for await (const row of readCells(file, text)) {
    if (isDecided) {
      yield row;
      continue;
    }
    first.push(row);
    isDecided = first.length === 2;
    if (isDecided) yield* withoutHeaders(first);
  }
  if (!isDecided) yield* withoutHeaders(first);
}

async function* readCells(file: string, text: AsyncIterable<string>): AsyncGenerator<Row> {
  const { delimiter, pieces } = await withDelimiter(text);
  let head: readonly string[] | null = null;
  let line = 1;
  let rows: Row[] = [];
  let repeated: InputError | null = null;
  const parser = parse({
    delimiter,
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: longestRecord,
    // collected here, since the stream drops its buffer on an error
    on_record: (cells: readonly string[], { lines }) => {
      if (head !== null) rows.push(rowOf(line, head, cells));
      else {
        head = cells.map((name, index) => (name === '' ? `column_${index + 1}` : name));
        repeated = repeatedName(file, head);
      }
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
    if (repeated !== null) throw repeated;
    yield* rows;
    rows = [];
    if (failure !== null) break;
  }
  failure ??= await step((done) => finished(parser.end(), done));
  if (repeated !== null) throw repeated;
  yield* rows;
  if (failure !== null) {
    throw new InputError(file, line, `is not valid CSV: ${reasonOf(failure.message)}`, {
      cause: failure,
      hint: 'check the quotes from this line on',
    });
  }
}

/** Of two columns of one name, one would be lost. */
function repeatedName(file: string, names: readonly string[]): InputError | null {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) (seen.has(name) ? repeated : seen).add(name);
  if (repeated.size === 0) return null;
  return new InputError(file, 1, `has two columns of the name "${[...repeated].slice(0, 10).join('", "')}"`, {
    hint: 'give each column a name of its own',
  });
}

function rowOf(line: number, head: readonly string[], cells: readonly string[]): Row {
  if (cells.length !== head.length) {
    return { line, problem: `is not valid CSV: ${cells.length} columns where the header has ${head.length}` };
  }
  return { line, record: Object.fromEntries(head.map((column, index) => [column, cells[index]])) };
}

/** Qualtrics writes the questions and then its import ids below the header. */
function* withoutHeaders(first: readonly Row[]): Generator<Row> {
  const headers = 1 + first.findIndex((row) => 'record' in row && isImportIds(Object.values(row.record)));
  for (const [index, row] of first.entries()) {
    yield index < headers ? { line: row.line, leftOut: 'second header of a survey export' } : row;
  }
}

function isImportIds(cells: readonly unknown[]): boolean {
  const texts = cells.map(String);
  return (
    texts.some((cell) => cell.startsWith('{"ImportId"')) && texts.every((cell) => /^(\{.*\})?$/.test(cell))
  );
}

/** The most frequent candidate in the header, outside of quotes, separates the columns. */
async function withDelimiter(
  text: AsyncIterable<string>,
): Promise<{ readonly delimiter: string; readonly pieces: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]();
  const first = await iterator.next();
  const head = (first.done === true ? '' : first.value).split('\n', 1)[0]!.replace(/"[^"]*"/g, '');
  const [delimiter] = [',', ';', '\t', '|']
    .map((mark) => [mark, head.split(mark).length] as const)
    .sort((a, b) => b[1] - a[1])[0]!;
  async function* all(): AsyncGenerator<string> {
    for (let next = first; next.done !== true; next = await iterator.next()) yield next.value;
  }
  return { delimiter, pieces: all() };
}

/** The parser's message without file content. */
function reasonOf(message: string): string {
  return message.split(/[,:]/, 1)[0]!.toLowerCase();
}
