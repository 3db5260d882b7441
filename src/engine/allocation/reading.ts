import type { PairwiseVote, PointwiseVote, Vote } from '../../domain/vote.ts';
import type { RaterModel } from './panel-model.ts';

/** A vote in units of quality: how far `up` stands above the middle, or above `down`. */
export interface Reading {
  readonly rater: string;
  readonly up: string;
  readonly down: string | null;
  readonly value: number;
  /** Of the noise in `value`. */
  readonly variance: number;
}

/** The readings in the votes of one look. Abstentions and errors say nothing. */
export function readingsOf(votes: readonly Vote[], modelOf: (rater: string) => RaterModel): Reading[] {
  const readings: Reading[] = [];
  const pairs: PairwiseVote[] = [];
  for (const vote of votes) {
    if (vote.outcome !== 'verdict' && vote.outcome !== 'tie') continue;
    if (vote.kind === 'pairwise') pairs.push(vote);
    else if (vote.kind === 'pointwise') {
      if (vote.score !== undefined) readings.push(ofScore(vote, modelOf(vote.rater)));
    } else {
      const groups = vote.ranking ?? [];
      for (const [rank, group] of groups.entries()) {
        const below = groups[rank + 1];
        if (below === undefined) continue;
        for (const up of group) {
          for (const down of below) readings.push(ofPair(vote.rater, up, down, 1, modelOf(vote.rater)));
        }
      }
    }
  }
  readings.push(...ofOrders(pairs, modelOf));
  return readings;
}

function ofScore(vote: PointwiseVote, model: RaterModel): Reading {
  return {
    rater: vote.rater,
    up: vote.candidate,
    down: null,
    value: (vote.score! - model.center) / model.spread,
    variance: model.noise,
  };
}

/** Both orders of a pair are one reading: what changed with the order cancels. */
function ofOrders(votes: readonly PairwiseVote[], modelOf: (rater: string) => RaterModel): Reading[] {
  if (votes.length === 0) return [];
  const [{ rater, shown }] = votes as [PairwiseVote, ...PairwiseVote[]];
  const [up, down] = [...shown].sort() as [string, string];
  const signs = votes.map((vote) => (vote.outcome === 'tie' ? 0 : vote.preferred === up ? 1 : -1));
  const value = signs.reduce<number>((sum, sign) => sum + sign, 0) / signs.length;
  return [ofPair(rater, up, down, value, modelOf(rater))];
}

function ofPair(rater: string, up: string, down: string, value: number, model: RaterModel): Reading {
  return { rater, up, down, value, variance: 2 * model.noise };
}
