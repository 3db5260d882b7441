import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { RowWriter } from './row-writer.ts';

/** A text file that is written in large chunks with backpressure. */
export interface TextSink {
  write(text: string): void | Promise<void>;
  close(): Promise<void>;
}

const pieceCharacters = 1 << 18;

export function openTextSink(file: string): TextSink {
  const stream = createWriteStream(file, { flags: 'wx' });
  // an error is kept until the next await, since a stream may fail between two writes
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure = error;
  });
  let piece = '';
  // the loser of the race must not leave its listeners on the stream
  const drainOrClose = async (): Promise<void> => {
    const over = new AbortController();
    const { signal } = over;
    try {
      await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]);
    } finally {
      over.abort();
    }
  };
  const flush = async (): Promise<void> => {
    if (failure !== null) throw failure;
    const text = piece;
    piece = '';
    if (text !== '' && !stream.write(text)) await drainOrClose();
    if (failure !== null) throw failure;
  };
  return {
    write(text) {
      piece += text;
      return piece.length >= pieceCharacters ? flush() : undefined;
    },
    async close() {
      await flush();
      stream.end();
      await once(stream, 'close');
      if (failure !== null) throw failure;
    },
  };
}

/** Comma-separated values with a header from the first row; lists and objects are JSON in their cell. */
export function openCsv(file: string): RowWriter {
  const sink = openTextSink(file);
  let columns: readonly string[] | null = null;
  let rows = 0;
  return {
    write(row) {
      const header = columns === null;
      columns ??= Object.keys(row);
      rows += 1;
      // cells that a spreadsheet would evaluate as a formula are escaped
      const text = stringify([columns.map((column) => cell(row[column]))], {
        ...(header ? { header: true, columns: columns.map((key) => ({ key })) } : {}),
        escape_formulas: true,
      });
      return sink.write(text);
    },
    async close() {
      await sink.close();
      return rows;
    },
  };
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function openJsonl(file: string): RowWriter {
  const sink = openTextSink(file);
  let rows = 0;
  return {
    write(row) {
      rows += 1;
      return sink.write(`${JSON.stringify(row)}\n`);
    },
    async close() {
      await sink.close();
      return rows;
    },
  };
}
