import type { SchemaElement } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { type ColumnShape, elementsOf, shapeOf } from './parquet-schema.ts';
import type { RowWriter } from './row-writer.ts';

type Row = Readonly<Record<string, unknown>>;

/** A row group is closed at this many rows or this many characters, whichever comes first, to bound memory. */
const groupRows = 20_000;
const groupCharacters = 24 * 1024 * 1024;

/** Parquet, written in row groups. Columns and their types come from the first row group. */
export function openParquet(file: string): RowWriter {
  let columns: ReadonlyMap<string, ColumnShape> | null = null;
  let writer: ParquetWriter | null = null;
  let group: Row[] = [];
  let characters = 0;
  let rows = 0;

  const flush = async (): Promise<void> => {
    columns ??= columnsOf(group);
    writer ??= new ParquetWriter({
      writer: fileWriter(file),
      schema: schemaOf(columns),
      createdBy: 'quorate',
    });
    const columnData = [...columns].map(([name, shape]) => ({
      name,
      data: group.map((row) => cellOf(row[name], shape, name)),
    }));
    if (group.length > 0) await writer.write({ columnData, rowGroupSize: group.length });
    group = [];
    characters = 0;
  };

  return {
    async write(row) {
      group.push(row);
      rows += 1;
      characters += sizeOf(row);
      if (group.length >= groupRows || characters >= groupCharacters) await flush();
    },
    async close() {
      await flush();
      await writer!.finish();
      return rows;
    },
  };
}

function columnsOf(rows: readonly Row[]): ReadonlyMap<string, ColumnShape> {
  const columns = new Map<string, ColumnShape>();
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      const shape = shapeOf(row[name]);
      const known = columns.get(name);
      if (shape === null || shape === known) continue;
      columns.set(name, known === undefined ? shape : 'json');
    }
  }
  return columns;
}

function schemaOf(columns: ReadonlyMap<string, ColumnShape>): SchemaElement[] {
  const elements = [...columns].flatMap(([name, shape]) => elementsOf(name, shape));
  return [{ name: 'root', num_children: columns.size }, ...elements];
}

function cellOf(value: unknown, shape: ColumnShape, column: string): unknown {
  if (value === null || value === undefined) return null;
  if (shape === 'json') return value;
  const own = shapeOf(value);
  if (own !== null && own !== shape) {
    throw new TypeError(
      `column "${column}" holds ${shape} in its first rows and ${own} later: export as JSONL instead`,
    );
  }
  return value;
}

function sizeOf(row: Row): number {
  let size = 0;
  for (const value of Object.values(row)) {
    if (typeof value === 'string') size += value.length;
    else if (Array.isArray(value))
      for (const entry of value) size += entry?.content?.length ?? entry?.length ?? 8;
    else size += 8;
  }
  return size;
}
