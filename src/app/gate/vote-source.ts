import type { GateRubric } from '../../domain/gate.ts';
import type { Vote } from '../../domain/vote.ts';
import { readVotes } from '../../files/votes.ts';
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

/** Recorded votes. Votes on items outside the gate come first, so that they are counted. */
export async function recordedSource(
  files: readonly string[],
  known: ReadonlySet<string>,
): Promise<VoteSource> {
  const byItem = new Map<string, Vote[]>();
  const foreign: Vote[] = [];
  for (const file of files) {
    for await (const vote of readVotes(file)) {
      const own = byItem.get(vote.item);
      if (!known.has(vote.item)) foreign.push(vote);
      else if (own === undefined) byItem.set(vote.item, [vote]);
      else own.push(vote);
    }
  }
  return {
    async *check() {
      yield* foreign;
    },
    async *ask(items) {
      for (const { id } of items) yield* byItem.get(id) ?? [];
    },
    refused: null,
    rubrics: null,
    costUsd: async () => 0,
    close: async () => {},
  };
}
