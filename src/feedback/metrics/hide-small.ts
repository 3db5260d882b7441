import type { WeightTable } from './weight-table.ts';

/** The authors of one slice. */
export interface SliceCell {
  /** Whether the slice is not empty. */
  readonly filled: boolean;
  readonly authors: WeightTable;
  /** Hidden whatever its authors, for example because the whole slice is. */
  readonly mustHide?: boolean;
}

/** Selects the slices of a table to hide, so that nothing is revealed about fewer than k authors: those below k, and as many of
 * the smallest others as needed for the hidden remainder, which can be computed from the total, to have at least two slices
 * and k authors (k-anonymity: Sweeney 2002; complementary suppression: Cox 1980). If that is impossible, all are hidden.
 * @returns indices
 */
export function hideSmall(cells: readonly SliceCell[], k: number): ReadonlySet<number> {
  const filled = [...cells.keys()].filter((index) => cells[index]!.filled);
  const hidden = new Set(
    filled.filter((index) => cells[index]!.mustHide === true || cells[index]!.authors.weighty < k),
  );
  if (hidden.size === 0) return hidden;
  const others = filled
    .filter((index) => !hidden.has(index))
    .sort((a, b) => cells[a]!.authors.weighty - cells[b]!.authors.weighty || a - b);
  for (const index of others) {
    if (hidden.size > 1 && countTogether(cells, hidden, k) >= k) break;
    hidden.add(index);
  }
  return hidden;
}

/** Authors of the hidden slices together; counting ends at k. */
function countTogether(cells: readonly SliceCell[], hidden: ReadonlySet<number>, k: number): number {
  const together = new Set<number>();
  for (const index of hidden) {
    for (const person of cells[index]!.authors.names()) {
      together.add(person);
      if (together.size >= k) return together.size;
    }
  }
  return together.size;
}
