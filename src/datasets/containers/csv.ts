import { stringify } from 'csv-stringify/sync';
import type { RowWriter } from './row-writer.ts';
import { openTextSink } from './text-sink.ts';

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
