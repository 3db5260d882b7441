import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type CsvError, parse } from 'csv-parse';
import { InputError } from '../../domain/errors.ts';
import { recordText } from './record-text.ts';

/** Streams the rows of a CSV file with a header, each as one text. @throws InputError naming the line */
export async function* readCsvTexts(
  file: string,
  delimiter: string,
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  const bytes = createReadStream(file);
  const parser = parse({
    delimiter,
    columns: true,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  bytes.on('error', (error) => parser.destroy(error));
  if (file.endsWith('.gz'))
    bytes.pipe(createGunzip().on('error', (error) => parser.destroy(error))).pipe(parser);
  else bytes.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      yield { line: info.lines, text: recordText(record) };
    }
  } catch (cause) {
    const { lines, code } = cause as CsvError & { lines?: number };
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw cause;
    throw new InputError(file, lines ?? null, `not a CSV file: ${(cause as Error).message}`, { cause });
  }
}
