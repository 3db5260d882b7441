import type { Item } from '../domain/item.ts';

/** A stretch of the items file: the unit of work that a dispatcher hands out. */
export interface Slice {
  /** 0-based place of the first item in the items file. */
  readonly start: number;
  readonly items: readonly Item[];
}

/**
 * Hands out slices to those who work on them, at least once each. The store is the truth about what is done, so a
 * dispatcher may lose or repeat slices: working on one again finds everything recorded.
 */
export interface Dispatcher {
  /**
   * Draws slices no faster than they are worked on, and resolves when all are done.
   * Rejects with the first error of `slices` or `work`, once the work under way has ended.
   */
  dispatch(slices: AsyncIterable<Slice>, work: (slice: Slice) => Promise<void>): Promise<void>;
}
