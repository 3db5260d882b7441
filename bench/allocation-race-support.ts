import type { Vote } from '../src/domain/vote.ts';
import type { BestByLabels } from '../src/engine/allocation/best-by-labels.ts';
import { creditOf } from '../src/engine/simulate/score-simulation.ts';

/** Cheapest first; the reference to beat asks them in turn. */
const order = [
  'gpt-5.4-mini/criteria',
  'claude-haiku-4.5/criteria',
  'claude-sonnet-4.6/criteria',
  'gpt-5.4/criteria',
];
const slacks = Array.from({ length: 60 }, (_, k) => 0.05 * (k + 1));

type Scores = Map<string, Map<string, (number | null)[][]>>;

/**
 * The crude race: one more opinion a round on every candidate that is not further than d / sqrt(n) below the leader.
 * @returns the best accuracy in % over d that costs at most this many dollars an item: d is chosen with hindsight.
 */
export function raceScores(votes: readonly Vote[], labels: BestByLabels, usd: number): number {
  const scores: Scores = new Map();
  const cost = new Map<string, number>();
  for (const vote of votes) {
    if (vote.kind !== 'pointwise') continue;
    const ofItem = scores.get(vote.item) ?? new Map<string, (number | null)[][]>();
    scores.set(vote.item, ofItem);
    const ofCandidate = ofItem.get(vote.candidate) ?? order.map(() => []);
    ofItem.set(vote.candidate, ofCandidate);
    ofCandidate[order.indexOf(vote.rater)]![vote.sample ?? 0] = vote.score ?? null;
    cost.set(vote.rater, vote.cost_usd ?? 0);
  }
  const prices = order.map((rater) => cost.get(rater) ?? 0);
  let best = 0;
  for (const slack of slacks) {
    let credit = 0;
    let spent = 0;
    for (const [item, candidates] of scores) {
      const end = race(candidates, slack, prices);
      credit += creditOf(end.best, labels.best(item));
      spent += end.usd;
    }
    if (spent / scores.size <= usd) best = Math.max(best, (100 * credit) / scores.size);
  }
  return best;
}

function race(
  candidates: ReadonlyMap<string, (number | null)[][]>,
  slack: number,
  prices: readonly number[],
) {
  let alive = [...candidates.keys()].map((id) => ({ id, sum: 0, count: 0 }));
  let usd = 0;
  const mean = ({ sum, count }: { sum: number; count: number }) => (count === 0 ? 0 : sum / count);
  for (let turn = 0; turn < 8 * order.length && alive.length > 1; turn += 1) {
    const rater = turn % order.length;
    for (const one of alive) {
      const score = candidates.get(one.id)![rater]![Math.floor(turn / order.length)];
      if (score === undefined) continue;
      usd += prices[rater]!;
      if (score === null) continue;
      one.sum += score;
      one.count += 1;
    }
    const leader = Math.max(...alive.map(mean));
    const rounds = Math.max(1, ...alive.map(({ count }) => count));
    alive = alive.filter((one) => mean(one) >= leader - slack / Math.sqrt(rounds) - 1e-9);
  }
  const most = Math.max(...alive.map(mean));
  return { best: alive.filter((one) => mean(one) >= most - 1e-9).map(({ id }) => id), usd };
}
