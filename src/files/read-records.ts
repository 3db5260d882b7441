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
