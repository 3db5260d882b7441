import type { AuthorRuns } from '../author-runs.ts';
import type { EventTable } from '../event-table.ts';

/** Whether an author shows a habit in at least four of five trials; undefined with fewer than three trials. */
export function isMostly({ k, n }: Counts): (author: number) => boolean | undefined {
  return (author) => (n[author]! < 3 ? undefined : k[author]! >= 0.8 * n[author]!);
}

/** A habit that most authors of a source share is a property of the source: an import with a single timestamp, a form that
 * sends ten answers at once, an export that lists the preferred response first, predefined reasons. If most authors of a
 * source (at least three) show it, its counts are dropped for that source.
 * @returns these sources
 */
export function forgetCommonHabit(
  table: EventTable,
  runs: AuthorRuns,
  shows: (author: number) => boolean | undefined,
  counts: readonly Counts[],
): string[] {
  const sourceOf = (author: number) => table.source[runs.rows[runs.start[author]!]!]!;
  const tried = new Int32Array(table.sources.size);
  const showing = new Int32Array(table.sources.size);
  for (let author = 0; author < table.authors.size; author += 1) {
    const shown = shows(author);
    if (shown === undefined) continue;
    tried[sourceOf(author)]! += 1;
    if (shown) showing[sourceOf(author)]! += 1;
  }
  const forgotten = tried.map((authors, source) => (authors >= 3 && showing[source]! > authors / 2 ? 1 : 0));
  if (!forgotten.includes(1)) return [];
  for (let author = 0; author < table.authors.size; author += 1) {
    if (forgotten[sourceOf(author)] === 0) continue;
    for (const { k, n } of counts) k[author] = n[author] = 0;
  }
  return [...forgotten].flatMap((is, source) => (is === 1 ? [table.sources.text(source)] : []));
}

/** k of n for each author: occurrences and opportunities. */
export interface Counts {
  readonly k: Int32Array;
  readonly n: Int32Array;
}

/** Zero counts for all authors. */
export function countsFor(authors: number): Counts {
  return { k: new Int32Array(authors), n: new Int32Array(authors) };
}
