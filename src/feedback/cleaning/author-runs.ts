import type { EventTable } from './event-table.ts';

/** The rows of each author in time order: those of author a are rows[start[a] .. start[a + 1]). */
export interface AuthorRuns {
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/** Sorts rows by author, then time, then id: never by arrival, so that a late or repeated delivery changes nothing. Rows
 * without a readable time come last.
 */
export function runsByAuthor(table: EventTable): AuthorRuns {
  const { start, rows } = rowsBy(table.author.subarray(0, table.size), table.authors.size);
  for (let author = 0; author < table.authors.size; author += 1)
    rows.subarray(start[author], start[author + 1]).sort((a, b) => laterOf(table, a, b));
  return { start, rows };
}

/** Counting sort of row numbers by a column; rows whose key is negative are left out. */
export function rowsBy(keys: Int32Array, keyCount: number): AuthorRuns {
  const start = new Int32Array(keyCount + 1);
  for (const key of keys) if (key >= 0) start[key + 1]! += 1;
  for (let key = 0; key < keyCount; key += 1) start[key + 1]! += start[key]!;
  const next = start.slice();
  const rows = new Int32Array(start[keyCount]!);
  keys.forEach((key, row) => {
    if (key >= 0) rows[next[key]!++] = row;
  });
  return { start, rows };
}

/** Negative where row a is the earlier one. */
export function laterOf({ at, ids }: EventTable, a: number, b: number): number {
  const [first, second] = [at[a]!, at[b]!];
  if (first !== second && !(Number.isNaN(first) && Number.isNaN(second))) {
    if (Number.isNaN(first)) return 1;
    return Number.isNaN(second) || first < second ? -1 : 1;
  }
  const [left, right] = [ids.text(a), ids.text(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
