import type { GateRubric } from '../../domain/gate.ts';
import type { Vote } from '../../domain/vote.ts';
import type { PairedItem } from '../../gate/evaluation/paired-item.ts';

/** Where a gate's votes come from: recorded files, or a panel that is asked during the gate. */
export interface VoteSource {
  /** The votes of raters that cost nothing, on any number of items. */
  check(items: readonly PairedItem[]): AsyncIterable<Vote>;
  /** The votes of all other raters. Only the given items are paid for. */
  ask(items: readonly PairedItem[]): AsyncIterable<Vote>;
  /** Set once the budget is spent: no further call is made. */
  readonly refused: Error | null;
  /** Known in advance for a panel; null where only the votes carry the rubric hashes. */
  readonly rubrics: readonly GateRubric[] | null;
  /** US dollars spent on these votes; null where a price is unknown. */
  costUsd(): Promise<number | null>;
  close(): Promise<void>;
}
