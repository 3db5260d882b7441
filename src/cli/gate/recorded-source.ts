import { resolve } from 'node:path';
import type { Vote } from '../../domain/vote.ts';
import { readVotes } from '../../files/votes.ts';
import type { VoteSource } from './vote-source.ts';

/** Votes that are there already. Those of items that the gate does not have come first, so that they are counted. */
export async function recordedSource(
  files: readonly string[],
  known: ReadonlySet<string>,
  cwd: string,
): Promise<VoteSource> {
  const byItem = new Map<string, Vote[]>();
  const strange: Vote[] = [];
  for (const file of files) {
    for await (const vote of readVotes(resolve(cwd, file))) {
      const own = byItem.get(vote.item);
      if (!known.has(vote.item)) strange.push(vote);
      else if (own === undefined) byItem.set(vote.item, [vote]);
      else own.push(vote);
    }
  }
  return {
    async *check() {
      yield* strange;
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
