import type { Item } from '../domain/item.ts';
import type { RaterKind, Vote } from '../domain/vote.ts';
import type { RaterTask } from './rater.ts';

/** A look that could be taken at an item, and what it is expected to cost; null where no price is known. */
export interface OfferedTask {
  readonly rater: string;
  readonly raterKind: RaterKind;
  readonly family: string | null;
  readonly task: RaterTask;
  readonly costUsd: number | null;
}

/** What is believed of an item now. */
export interface ItemEstimate {
  /** Candidate ids, in the item's order; several where they are level. Empty where every candidate is vetoed. */
  readonly best: readonly string[];
  /** Posterior probability that one drawn from `best` is right, in [0, 1]. Uncalibrated unless labels were used. */
  readonly probability: number;
}

/** The asking of one item: rounds are sequential, the looks of a round may be taken at once. */
export interface ItemAllocation {
  /**
   * The next round; empty when the item is decided, its cap is reached, or nothing is left to ask. An empty answer
   * finishes the item: what its votes teach about the raters counts from now on.
   * @param affords whether a round can be paid; what cannot is passed over. Absent: everything can.
   */
  next(affords?: (round: readonly OfferedTask[]) => boolean): readonly OfferedTask[];
  record(offered: OfferedTask, votes: readonly Vote[], costUsd: number | null): void;
  posterior(): ItemEstimate;
}

/**
 * Who is asked next about what, and when to stop. Decisions depend only on the seed, the item's place in the file
 * and recorded votes, never on timing, so that a killed run goes on exactly where it was: it plays its recorded
 * looks through `begin`, `next` and `record` again.
 */
export interface Allocation {
  /**
   * How many items, from the first on, must be finished before the item at `index` may begin; it learns from
   * those and no others. Well below `index`, so that many items are under way at once.
   */
  waitsFor(index: number): number;
  /** @param index the item's 0-based place in the items file. */
  begin(item: Item, index: number, offered: readonly OfferedTask[]): ItemAllocation;
  /**
   * What is believed of a finished item in the light of all items; asked for once the last one is finished.
   * Null where nothing was kept of it: its own `belief` stands.
   */
  conclude?(index: number): ItemEstimate | null;
}
