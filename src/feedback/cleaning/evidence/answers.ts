import type { AuthorRuns } from '../author-runs.ts';
import { comparisonKind, type EventTable } from '../event-table.ts';
import { type Counts, countsFor, forgetCommonHabit, isMostly } from './common-habit.ts';

/** Counts of answer patterns by author. */
export interface AnswerCounts {
  /** Ratings equal to the author's commonest rating (one of these left out). */
  readonly constant: Counts;
  /** Comparisons decided for `this`, the first place, of the decided ones. */
  readonly first: Counts;
  /** Long comments that another author wrote too. */
  readonly copied: Counts;
  /** Attention checks and gold questions failed. */
  readonly failed: Counts;
}

/** Known quality of responses: 1 good, -1 bad, 0 unknown; indexed as `table.responses`. */
export type Gold = Int8Array;

/** Counts answer patterns of each author. Superseded events count too: a machine would have sent them as well. */
export function countAnswers(table: EventTable, runs: AuthorRuns, gold: Gold): AnswerCounts {
  const authors = table.authors.size;
  const counts = {
    constant: countsFor(authors),
    first: countsFor(authors),
    copied: countsFor(authors),
    failed: countsFor(authors),
  };
  const shared = sharedComments(table);
  const tally = new Int32Array(8);
  for (let author = 0; author < authors; author += 1) {
    tally.fill(0);
    for (let place = runs.start[author]!; place < runs.start[author + 1]!; place += 1) {
      const row = runs.rows[place]!;
      const leaning = table.leaning[row]!;
      if (table.answer[row]! > 0) tally[table.answer[row]!]! += 1;
      if (table.kind[row] === comparisonKind && leaning !== 0) {
        counts.first.n[author]! += 1;
        if (leaning > 0) counts.first.k[author]! += 1;
      }
      const comment = table.comment[row]!;
      if (comment >= 0) {
        counts.copied.n[author]! += 1;
        if (shared[comment] === 1) counts.copied.k[author]! += 1;
      }
      const expected = expectedOf(table, row, gold);
      if (expected !== 0 && leaning !== 0) {
        counts.failed.n[author]! += 1;
        if (leaning !== expected) counts.failed.k[author]! += 1;
      }
    }
    const rated = tally.reduce((sum, count) => sum + count, 0);
    if (rated < 2) continue;
    counts.constant.n[author] = rated - 1;
    counts.constant.k[author] = tally.reduce((most, count) => Math.max(most, count), 0) - 1;
  }
  const { first, copied } = counts;
  const [mostlyFirst, mostlySecond] = [isMostly(first), isMostly(flipped(first))];
  forgetCommonHabit(table, runs, (author) => mostlyFirst(author) || mostlySecond(author), [first]);
  forgetCommonHabit(table, runs, isMostly(copied), [copied]);
  return counts;
}

const flipped = ({ k, n }: Counts): Counts => ({ k: n.map((trials, author) => trials - k[author]!), n });

function expectedOf(table: EventTable, row: number, gold: Gold): number {
  if (table.expected[row] !== 0) return table.expected[row]!;
  const own = gold[table.response[row]!]!;
  if (table.kind[row] !== comparisonKind) return own;
  const other = gold[table.other[row]!]!;
  return own !== 0 && other !== 0 && own !== other ? own : 0;
}

/** 1 for a group of near-equal comments (identified by its first row) with more than one author. */
function sharedComments(table: EventTable): Int8Array {
  const shared = new Int8Array(table.size);
  table.comment.forEach((first, row) => {
    if (first >= 0 && table.author[row] !== table.author[first]) shared[first] = 1;
  });
  return shared;
}
