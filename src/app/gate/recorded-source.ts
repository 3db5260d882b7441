import type { Vote } from '../../domain/vote.ts';
import { readVotes } from '../../files/votes.ts';
import type { VoteSource } from './vote-source.ts';

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
