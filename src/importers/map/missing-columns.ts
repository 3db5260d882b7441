import type { FieldSource, RowMap } from '../../domain/row-map.ts';
import type { JsonRecord } from '../../files/json-record.ts';
import { expandRow } from './expand-row.ts';
import { globOf, holesOf, isEmpty } from './map-row.ts';
import { pathsOf } from './row-path.ts';

/** A column that a map names and no row has. */
export interface MissingColumn {
  readonly column: string;
  /** Where the map names it: keys from its root. */
  readonly place: readonly string[];
}

/** The columns of a map that none of these rows has. An empty cell is there; an absent key is not. */
export function missingColumns(map: RowMap, rows: readonly JsonRecord[]): MissingColumn[] {
  const named = [
    ...Object.entries(map.fields).flatMap(([field, source]) =>
      namedIn(source).map((column) => ({ column, place: ['fields', ...field.split('.')] })),
    ),
    ...map.where.map(({ column }) => ({ column, place: ['where', column] })),
    ...(map.join === null ? [] : [{ column: map.join.on[0], place: ['join', 'on', map.join.on[0]] }]),
  ];
  const isJoined = (column: string) => map.join !== null && column.split(/[.[]/, 1)[0] === map.join.as;
  const isUnpivoted = (column: string) => map.unpivot.length > 0 && /^(column|value)\b/.test(column);
  const columns = new Set(rows.flatMap((row) => Object.keys(row)));
  return [
    ...named.filter(
      ({ column }) => !isJoined(column) && !isUnpivoted(column) && !rows.some((row) => has(row, column)),
    ),
    ...map.unpivot
      .filter((glob) => ![...columns].some((column) => globOf(glob).test(column)))
      .map((column) => ({ column, place: ['unpivot'] })),
  ];
}

function namedIn({ column, template }: FieldSource): string[] {
  return [...(column === undefined ? [] : [column]), ...(template === undefined ? [] : holesOf(template))];
}

function has(row: JsonRecord, path: string): boolean {
  const expanded = expandRow(row, [path]);
  if (!('scopes' in expanded)) return false;
  if (expanded.scopes.some((scope) => scope(path) !== undefined)) return true;
  // a list that is empty here may be filled elsewhere
  return expanded.scopes.length === 0 && isEmpty(row[path]) && path.split(/[.[]/, 1)[0]! in row;
}

/** The paths that rows have, for a message. */
export function columnsOf(rows: readonly JsonRecord[], most = 30): string[] {
  return [...new Set(rows.slice(0, 20).flatMap((row) => pathsOf(row)))].slice(0, most);
}
