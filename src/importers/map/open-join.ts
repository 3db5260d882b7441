import { isAbsolute, resolve } from 'node:path';
import { InputError } from '../../domain/errors.ts';
import type { RowJoin } from '../../domain/row-map.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import { openRows } from '../../files/open-rows.ts';
import { isEmpty, type JoinedRow, show } from './map-row.ts';
import { columnsOf } from './missing-columns.ts';
import { valueAt } from './row-path.ts';

/**
 * Reads the file of a join into memory, by key. @param folder where its path starts from
 * @throws InputError for a row that cannot be read, a key that two rows have, and a file in which no row has the key
 */
export async function openJoin({ file, on: [, key] }: RowJoin, folder: string): Promise<JoinedRow> {
  const path = isAbsolute(file) ? file : resolve(folder, file);
  const source = await openRows(path);
  const rows = new Map<string, JsonRecord>();
  const seen: JsonRecord[] = [];
  for await (const row of source.rows) {
    if ('problem' in row) throw new InputError(path, row.line, row.problem);
    if (!('record' in row)) continue;
    if (seen.length < 20) seen.push(row.record);
    const value = valueAt(row.record, key);
    if (isEmpty(value)) continue;
    const text = String(value);
    if (rows.has(text)) {
      throw new InputError(
        path,
        row.line,
        `${key} ${show(value)} is on two rows; a join needs one row for each key`,
      );
    }
    rows.set(text, row.record);
  }
  if (rows.size === 0) {
    throw new InputError(path, null, `no row has a value at "${key}"`, {
      hint: `columns there: ${columnsOf(seen).join(', ')}`,
    });
  }
  return (wanted) => rows.get(wanted);
}
