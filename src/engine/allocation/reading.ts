import type { PairwiseVote, Vote } from '../../domain/vote.ts';

/** A vote as a number: a score of `up`, or the lead of `up` over `down` in [-1, 1]. */
export interface Reading {
  readonly rater: string;
  readonly up: string;
  readonly down: string | null;
  readonly value: number;
  /** Scale of the score; null for a pair, and for a score without a scale. */
  readonly scale: readonly [number, number] | null;
  /** Whether the verdict stayed the same when the order was swapped; null where not asked in both orders. */
  readonly stable: boolean | null;
}

/** The readings in the votes of one task. Abstentions and errors give none. */
export function readingsOf(votes: readonly Vote[]): Reading[] {
  const readings: Reading[] = [];
  const pairs: PairwiseVote[] = [];
  for (const vote of votes) {
    if (vote.outcome !== 'verdict' && vote.outcome !== 'tie') continue;
    if (vote.kind === 'pairwise') pairs.push(vote);
    else if (vote.kind === 'pointwise') {
      if (vote.score === undefined) continue;
      const { rater, candidate, score, scale } = vote;
      readings.push({ rater, up: candidate, down: null, value: score, scale: scale ?? null, stable: null });
    } else readings.push(...ofRanking(vote.rater, vote.ranking ?? []));
  }
  if (pairs.length > 0) readings.push(ofOrders(pairs, votes.length));
  return readings;
}

/** Neighbours in a ranking: the other pairs follow from them. */
function* ofRanking(rater: string, ranking: readonly (readonly string[])[]): Generator<Reading> {
  for (const [rank, group] of ranking.entries()) {
    for (const up of group) {
      for (const down of ranking[rank + 1] ?? [])
        yield { rater, up, down, value: 1, scale: null, stable: null };
    }
  }
}

/**
 * Both orders of a pair are one reading: verdicts that flip with the order cancel, and an order without an opinion
 * halves it. @param asked number of votes of the task, abstentions included
 */
function ofOrders(votes: readonly PairwiseVote[], asked: number): Reading {
  const [{ rater, shown }] = votes as [PairwiseVote, ...PairwiseVote[]];
  const [up, down] = [...shown].sort() as [string, string];
  const signs = votes.map((vote) => (vote.outcome === 'tie' ? 0 : vote.preferred === up ? 1 : -1));
  const value = signs.reduce<number>((sum, sign) => sum + sign, 0) / Math.max(asked, 1);
  const swapped = votes.length === 2 && votes[0]!.shown[0] !== votes[1]!.shown[0];
  const stable = swapped && signs.some((sign) => sign !== 0) ? signs[0] === signs[1] : null;
  return { rater, up, down, value, scale: null, stable };
}
