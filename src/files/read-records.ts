import { InputError } from '../domain/errors.ts';
import { isRecord, type JsonRecord } from './json-record.ts';
import { openRows } from './open-rows.ts';

export type { JsonRecord } from './json-record.ts';

/** A record with its 1-based line number. */
export interface NumberedRecord {
  readonly line: number;
  readonly record: JsonRecord;
}

/**
 * Streams the records of a file: JSONL, a JSON list or object that holds them, CSV, TSV or Parquet, packed or not.
 * @throws InputError naming the first invalid line
 */
export async function* readRecords(file: string): AsyncGenerator<NumberedRecord> {
  const { lines, rows } = await openRows(file);
  if (lines === undefined) {
    for await (const row of rows) {
      if ('problem' in row) throw new InputError(file, row.line, row.problem);
      if ('record' in row) yield row;
    }
    return;
  }
  // the usual container without a generator in between
  for await (const { number, text } of lines) {
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new InputError(file, number, `not valid JSON: ${clip(detail)}`, { cause });
    }
    if (!isRecord(record))
      throw new InputError(file, number, `expected a JSON object, received ${clip(text)}`);
    yield { line: number, record };
  }
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** A file by its path (`-` is standard input), or records in memory. */
export type RecordSource<T> = string | Iterable<T>;

/** The records of several sources, one after another, as one stream; nothing is loaded whole. */
export async function* readEach<T>(
  sources: readonly RecordSource<T>[],
  read: (file: string) => AsyncIterable<T>,
): AsyncGenerator<T> {
  for (const source of sources) {
    if (typeof source === 'string') yield* read(source);
    else yield* source;
  }
}

/** What messages call the sources. */
export function namesOf(sources: readonly RecordSource<unknown>[]): string {
  return sources.map((source) => (typeof source === 'string' ? source : 'the records given')).join(', ');
}
