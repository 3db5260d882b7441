import type { Item } from '../domain/item.ts';

/** A contiguous range of the items file: the unit of work that a dispatcher distributes. */
export interface Slice {
  /** 0-based position of the first item in the items file. */
  readonly start: number;
  readonly items: readonly Item[];
}

/**
 * Distributes slices to workers, each at least once. The store is the source of truth about finished work, so a
 * dispatcher may repeat slices: repeated work finds everything recorded and pays nothing.
 *
 * To distribute a run over your own queue, implement this interface.
 * @example
 * const sequential: Dispatcher = {
 *   async dispatch(slices, work) {
 *     for await (const slice of slices) await work(slice);
 *   },
 * };
 */
export interface Dispatcher {
  /**
   * Pulls slices no faster than they are processed, and resolves when all are done.
   * Rejects with the first error of `slices` or `work`, after the work in progress has ended.
   */
  dispatch(slices: AsyncIterable<Slice>, work: (slice: Slice) => Promise<void>): Promise<void>;
}
