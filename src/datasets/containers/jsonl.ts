import type { RowWriter } from './row-writer.ts';
import { openTextSink } from './text-sink.ts';

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
