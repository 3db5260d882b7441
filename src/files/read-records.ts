import { InputError } from '../domain/errors.ts';
import { readLines } from './read-lines.ts';

/** A parsed JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** A record with its 1-based line number. */
export interface NumberedRecord {
  readonly line: number;
  readonly record: JsonRecord;
}

/** Streams the objects of a JSONL file, one per line. @throws InputError naming the first invalid line */
export async function* readRecords(file: string): AsyncGenerator<NumberedRecord> {
  for await (const { number, text } of readLines(file)) {
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new InputError(file, number, `not valid JSON: ${clip(detail)}`, { cause });
    }
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      throw new InputError(file, number, `expected a JSON object, received ${clip(text)}`);
    }
    yield { line: number, record: record as JsonRecord };
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
