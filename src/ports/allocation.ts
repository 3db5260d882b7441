import type { Item } from '../domain/item.ts';
import type { RaterKind, Vote } from '../domain/vote.ts';
import type { RaterTask } from './rater.ts';

/** A rater task that could be performed on an item, with its expected cost; null where no price is known. */
export interface OfferedTask {
  readonly rater: string;
  readonly raterKind: RaterKind;
  readonly family: string | null;
  readonly task: RaterTask;
  readonly costUsd: number | null;
}

/** The current estimate of an item's best candidate. */
export interface ItemEstimate {
  /** Candidate ids in the item's order; several when they are equal. Empty when every candidate is vetoed. */
  readonly best: readonly string[];
  /** Posterior probability that a candidate of `best` is the best, in [0, 1]. Uncalibrated unless labels were used. */
  readonly probability: number;
}

/** The allocation of one item's tasks. Rounds are sequential; the tasks of a round may run concurrently. */
export interface ItemAllocation {
  /**
   * The next round; empty when the item is decided, its cap is reached, or no task is left. An empty round
   * finishes the item: from then on its votes inform the estimates of the raters.
   * @param affords whether a round fits the budget; rounds that do not fit are skipped. Default: every round fits.
   */
  next(affords?: (round: readonly OfferedTask[]) => boolean): readonly OfferedTask[];
  record(offered: OfferedTask, votes: readonly Vote[], costUsd: number | null): void;
  posterior(): ItemEstimate;
}

/**
 * Which rater is asked next about which candidates, and when to stop. Decisions depend only on the seed, the item's
 * position in the file and the recorded votes, never on timing. A killed run therefore resumes exactly where it was:
 * it replays its recorded tasks through `begin`, `next` and `record`.
 */
export interface Allocation {
  /**
   * How many items, counted from the first, must be finished before the item at `index` may begin. The item uses
   * the estimates from exactly those items. Keep the number well below `index`, so that many items run concurrently.
   */
  waitsFor(index: number): number;
  /** @param index the item's 0-based position in the items file. */
  begin(item: Item, index: number, offered: readonly OfferedTask[]): ItemAllocation;
  /**
   * The estimate of a finished item given all items; called after the last item is finished.
   * Null when the allocation kept no state of the item: its own `posterior` stands.
   */
  conclude?(index: number): ItemEstimate | null;
}
