import { type AuthorRuns, laterOf } from './author-runs.ts';
import { type EventTable, kindNames } from './event-table.ts';

/** Reasons for a duplicate; index 0 is none. */
export const duplicateReasons = [
  '',
  'superseded by a later event of the same author and kind about the same response',
  'the same author wrote nearly the same comment before',
] as const;

const commentKind = kindNames.indexOf('comment');

/** Marks duplicates. Of one author's events of one kind about one response (a comparison: about one pair) only the last is in
 * force, and of one author's near-equal comments only the first. A thumb or flag with a repeated comment stays: it is about
 * another response.
 * @returns an index into `duplicateReasons` for each row
 */
export function markDuplicates(table: EventTable, runs: AuthorRuns): Int8Array {
  const mark = new Int8Array(table.size);
  const { start, rows } = runs;
  for (let author = 0; author < table.authors.size; author += 1) {
    if (start[author + 1]! - start[author]! === 1 && table.superseded[rows[start[author]!]!] === 0) continue;
    const latest = new Map<number, number>();
    const comments = new Set<number>();
    for (let place = start[author]!; place < start[author + 1]!; place += 1) {
      const row = rows[place]!;
      if (table.superseded[row] === 1) {
        mark[row] = 1;
        continue;
      }
      const key = subjectOf(table, row);
      const earlier = latest.get(key);
      // several flags, comments or copies of one response are distinct signals
      if (earlier !== undefined && isRestated(table.kind[row]!))
        mark[laterOf(table, earlier, row) < 0 ? earlier : row] = 1;
      latest.set(key, row);
      const comment = table.comment[row]!;
      if (comment < 0 || table.kind[row] !== commentKind) continue;
      if (comments.has(comment)) mark[row] = 2;
      comments.add(comment);
    }
  }
  return mark;
}

/** Kinds of which an author has one opinion at a time: thumb, stars, correction, comparison, ranking, survey. */
function isRestated(kind: number): boolean {
  const name = kindNames[kind]!;
  return (
    name === 'thumb' ||
    name === 'stars' ||
    name === 'correction' ||
    name === 'comparison' ||
    name === 'ranking' ||
    name === 'survey'
  );
}

/** Key of a row's subject: response, other response and kind; exact below 2^53. */
function subjectOf(table: EventTable, row: number): number {
  const pairs = (table.other[row]! + 1) * table.responses.size + table.response[row]!;
  return pairs * kindNames.length + table.kind[row]!;
}
