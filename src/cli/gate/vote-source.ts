import type { GateRubric } from '../../domain/gate.ts';
import type { Vote } from '../../domain/vote.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';

/** Where a gate's votes come from: files, or a panel that is asked now. */
export interface VoteSource {
  /** The votes of raters that cost nothing, on any number of items. */
  check(items: readonly PairedItem[]): AsyncIterable<Vote>;
  /** The other raters' votes; what is not asked for here is not paid for. */
  ask(items: readonly PairedItem[]): AsyncIterable<Vote>;
  /** Why nobody can be asked any more, once that is so: the budget is spent. */
  readonly refused: Error | null;
  /** Known before anybody is asked; null where only the votes tell. */
  readonly rubrics: readonly GateRubric[] | null;
  /** US dollars spent on these votes; null where a price is unknown. */
  costUsd(): Promise<number | null>;
  close(): Promise<void>;
}
