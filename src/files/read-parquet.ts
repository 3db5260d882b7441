import { InputError } from '../domain/errors.ts';
import type { Row } from './json-record.ts';
import { isRecord } from './json-record.ts';

/** Rows decoded at a time; a row group may hold millions. */
const rowsAtOnce = 2000;

/** Streams the rows of a Parquet file; the line of a row is its number. @throws InputError for a corrupt file */
export async function* readParquet(file: string): AsyncGenerator<Row> {
  const [{ asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects }, { compressors }] =
    await Promise.all([import('hyparquet'), import('hyparquet-compressors')]);
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const total = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < total; rowStart += rowsAtOnce) {
      const rowEnd = Math.min(total, rowStart + rowsAtOnce);
      const rows = await parquetReadObjects({ file: buffer, metadata, compressors, rowStart, rowEnd });
      for (const [index, row] of rows.entries())
        yield { line: rowStart + index + 1, record: jsonOf(row) as Record<string, unknown> };
    }
  } catch (cause) {
    if (typeof (cause as NodeJS.ErrnoException).syscall === 'string') throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(file, null, `is not a Parquet file that can be read: ${detail}`, { cause });
  }
}

/** The value as JSON has it: no big integers, dates or bytes. */
function jsonOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return { bytes: value.length };
  if (ArrayBuffer.isView(value)) return [...(value as unknown as Iterable<unknown>)].map(jsonOf);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner)]));
}
