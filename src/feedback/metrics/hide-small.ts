import type { WeightTable } from './weight-table.ts';

/** One slice as far as its people go. */
export interface SliceCell {
  /** Whether there is anything to tell. */
  readonly filled: boolean;
  readonly people: WeightTable;
  /** Hidden whatever its people, for example since the whole slice is. */
  readonly mustHide?: boolean;
}

/**
 * Which slices of one table are hidden so that nothing is told of fewer than k people: those below k, and as many of
 * the smallest others as it takes that what is hidden, which everybody can subtract from the total, is of two slices
 * and k people at least (k-anonymity: Sweeney 2002; complementary suppression: Cox 1980). Everything is hidden where
 * the table has not that much. @returns indices
 */
export function hideSmall(cells: readonly SliceCell[], k: number): ReadonlySet<number> {
  const filled = [...cells.keys()].filter((index) => cells[index]!.filled);
  const hidden = new Set(
    filled.filter((index) => cells[index]!.mustHide === true || cells[index]!.people.weighty < k),
  );
  if (hidden.size === 0) return hidden;
  const others = filled
    .filter((index) => !hidden.has(index))
    .sort((a, b) => cells[a]!.people.weighty - cells[b]!.people.weighty || a - b);
  for (const index of others) {
    if (hidden.size > 1 && countTogether(cells, hidden, k) >= k) break;
    hidden.add(index);
  }
  return hidden;
}

/** People of the hidden slices together; counting ends at k. */
function countTogether(cells: readonly SliceCell[], hidden: ReadonlySet<number>, k: number): number {
  const together = new Set<number>();
  for (const index of hidden) {
    for (const person of cells[index]!.people.names()) {
      together.add(person);
      if (together.size >= k) return together.size;
    }
  }
  return together.size;
}
