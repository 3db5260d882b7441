import type { PairwiseVote, Vote } from '../../../domain/vote.ts';
import type { Interval } from '../../../stats/estimate.ts';
import { wilsonInterval } from '../../../stats/intervals/proportion.ts';
import type { KnownPair } from './read-known-pairs.ts';

/** Agreement of the constitution's votes with known labels. */
export interface EvaluationRow {
  /** A set, a principle, or `all`. */
  readonly name: string;
  readonly pairs: number;
  readonly correct: number;
  readonly wrong: number;
  /** The votes cancel each other out, or are ties. */
  readonly undecided: number;
  /** No vote had a readable reply. */
  readonly unread: number;
  /** correct / (correct + wrong), with a 95 % Wilson interval; null if nothing was decided. */
  readonly accuracy: number | null;
  readonly interval: Interval | null;
  /** True if the interval contains 1/2: not significantly better than chance. */
  readonly near_chance: boolean | null;
  /** Questions with verdicts in both orders, and those whose verdict changed with the order. */
  readonly both_orders: number;
  readonly flipped: number;
}

/** The result of an evaluation, by set, by principle and overall. */
export interface EvaluationReport {
  readonly sets: readonly EvaluationRow[];
  readonly principles: readonly EvaluationRow[];
  readonly all: EvaluationRow;
}

type Outcome = 'correct' | 'wrong' | 'undecided' | 'unread';
type Counts = { -readonly [K in Outcome | 'both_orders' | 'flipped']: number };

/** Accumulates votes on known pairs. */
export class EvaluationTally {
  readonly #all = emptyCounts();
  readonly #sets = new Map<string, Counts>();
  readonly #principles = new Map<string, Counts>();

  /** @param votes all votes on the pair. */
  add({ set, gold }: KnownPair, votes: readonly Vote[]): void {
    const pairwise = votes.filter((vote): vote is PairwiseVote => vote.kind === 'pairwise');
    const outcome = outcomeOf(pairwise, gold);
    const ofPair = [this.#all, countsIn(this.#sets, set)];
    for (const counts of ofPair) counts[outcome] += 1;
    const byPrinciple = new Map<string, PairwiseVote[]>();
    for (const vote of pairwise) {
      const name = vote.criterion ?? '';
      byPrinciple.set(name, [...(byPrinciple.get(name) ?? []), vote]);
    }
    for (const [principle, ofPrinciple] of byPrinciple) {
      const counts = countsIn(this.#principles, principle);
      counts[outcomeOf(ofPrinciple, gold)] += 1;
      const [one, other] = ofPrinciple;
      if (one?.outcome !== 'verdict' || other?.outcome !== 'verdict') continue;
      for (const each of [...ofPair, counts]) {
        each.both_orders += 1;
        if (one.preferred !== other.preferred) each.flipped += 1;
      }
    }
  }

  report(): EvaluationReport {
    return {
      sets: rows(this.#sets),
      principles: rows(this.#principles),
      all: asRow('all', this.#all),
    };
  }
}

/** Whether the mean probability of the better response, over the readable votes, is above 1/2. */
function outcomeOf(votes: readonly PairwiseVote[], gold: string): Outcome {
  const read = votes.filter(({ outcome }) => outcome === 'verdict' || outcome === 'tie');
  if (read.length === 0) return 'unread';
  const sum = read.reduce((total, { outcome, preferred, probability }) => {
    if (outcome === 'tie') return total;
    const lean = (probability ?? 1) - 0.5;
    return total + (preferred === gold ? lean : -lean);
  }, 0);
  // Votes that cancel out may leave a rounding error.
  if (Math.abs(sum) < 1e-9) return 'undecided';
  return sum > 0 ? 'correct' : 'wrong';
}

function asRow(name: string, counts: Counts): EvaluationRow {
  const decided = counts.correct + counts.wrong;
  const interval = decided === 0 ? null : wilsonInterval(counts.correct, decided);
  return {
    name,
    pairs: decided + counts.undecided + counts.unread,
    ...counts,
    accuracy: decided === 0 ? null : counts.correct / decided,
    interval,
    near_chance: interval === null ? null : interval.low <= 0.5 && interval.high >= 0.5,
  };
}

function rows(counts: ReadonlyMap<string, Counts>): EvaluationRow[] {
  return [...counts].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([name, of]) => asRow(name, of));
}

function countsIn(map: Map<string, Counts>, name: string): Counts {
  const counts = map.get(name) ?? emptyCounts();
  map.set(name, counts);
  return counts;
}

function emptyCounts(): Counts {
  return { correct: 0, wrong: 0, undecided: 0, unread: 0, both_orders: 0, flipped: 0 };
}
