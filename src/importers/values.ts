import { isRecord, type JsonRecord } from '../files/json-record.ts';
import { parsedCell } from './map/row-path.ts';

export function asRecord(value: unknown): JsonRecord {
  const inner = typeof value === 'string' ? parsedCell(value) : value;
  return isRecord(inner) ? inner : {};
}

/** A list, also from a cell that holds one as JSON. */
export function asList(value: unknown): readonly unknown[] {
  const inner = typeof value === 'string' ? parsedCell(value) : value;
  return Array.isArray(inner) ? inner : [];
}

/** Text that is not blank; numbers count as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A finite number, also from a cell that holds nothing else. `true` is no number. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value))
    return undefined;
  return Number(value);
}

/** True or false, also as a cell writes it. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || !/^\s*(true|false)\s*$/i.test(value)) return undefined;
  return value.trim().toLowerCase() === 'true';
}

/** The first of these columns that has a value. */
export function pick(row: JsonRecord, ...columns: readonly string[]): unknown {
  for (const column of columns) {
    const value = row[column];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** Do all rows have these columns? */
export function haveColumns(rows: readonly JsonRecord[], ...columns: readonly string[]): boolean {
  return rows.length > 0 && rows.every((row) => columns.every((column) => column in row));
}

/** The record without undefined members. */
export function present<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
