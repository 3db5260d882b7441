import type { AuthorRuns } from '../author-runs.ts';
import type { EventTable } from '../event-table.ts';
import type { Counts } from './counts.ts';

/** Sees whether an author shows a habit at least four times in five; undefined with fewer than three trials. */
export function isMostly({ k, n }: Counts): (author: number) => boolean | undefined {
  return (author) => (n[author]! < 3 ? undefined : k[author]! >= 0.8 * n[author]!);
}

/**
 * A habit of most people of a source is the source's, not theirs: an import with one time for everything, a form that
 * sends ten answers at once, an export that names the preferred response first, reasons offered for a click. Where
 * most of a source's authors (at least three) show it, its counts there are forgotten. @returns these sources.
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
