import type { PointwiseVote, Vote } from '../../domain/vote.ts';
import { type PairedItem, type Side, sideOf } from './paired-item.ts';

/** One rater's verdicts on the pair by presentation order: 1 candidate better, 1/2 tie, 0 baseline better. */
interface PairVotes {
  forwardSum: number;
  forward: number;
  reversedSum: number;
  reversed: number;
}

/** Scores summed over samples; on [0, 1] where the scale is known. */
type ScoreSums = Record<Side, { sum: number; count: number }> & { scaled: boolean };

/** The votes on one item; human labels have the same shape. */
export class Opinions {
  readonly #pairs = new Map<string, PairVotes>();
  /** By rater, then criterion. */
  readonly #scores = new Map<string, Map<string, ScoreSums>>();

  /**
   * Adds a verdict or a tie.
   * @param scale scale of a score if the vote has none
   * @returns false if the vote is not about these two responses
   */
  addVerdict(vote: Vote, item: PairedItem, scale: readonly [number, number] | null): boolean {
    if (vote.kind === 'pairwise') {
      const first = sideOf(item, vote.shown[0]);
      const second = sideOf(item, vote.shown[1]);
      if (first === null || second === null || first === second) return false;
      const winner = vote.outcome === 'tie' ? null : sideOf(item, vote.preferred!);
      this.#addPair(vote.rater, winner, first === 'baseline');
      return true;
    }
    if (vote.kind === 'listwise') {
      const rank = (side: Side) =>
        (vote.ranking ?? []).findIndex((level) => level.some((id) => sideOf(item, id) === side));
      const [candidate, baseline] = [rank('candidate'), rank('baseline')];
      if (vote.outcome !== 'tie' && (candidate < 0 || baseline < 0)) return false;
      const winner = candidate === baseline ? null : candidate < baseline ? 'candidate' : 'baseline';
      this.#addPair(vote.rater, winner, false);
      return true;
    }
    const side = sideOf(item, vote.candidate);
    if (side === null) return false;
    if (vote.outcome === 'verdict') this.#addScore(vote, side, vote.scale ?? scale);
    return true;
  }

  #addPair(rater: string, winner: Side | null, reversed: boolean): void {
    const own = this.#pairs.get(rater) ?? { forwardSum: 0, forward: 0, reversedSum: 0, reversed: 0 };
    const value = winner === null ? 0.5 : winner === 'candidate' ? 1 : 0;
    if (reversed) {
      own.reversedSum += value;
      own.reversed += 1;
    } else {
      own.forwardSum += value;
      own.forward += 1;
    }
    this.#pairs.set(rater, own);
  }

  #addScore(
    { rater, criterion = '', score }: PointwiseVote,
    side: Side,
    scale: readonly [number, number] | null,
  ): void {
    let criteria = this.#scores.get(rater);
    if (criteria === undefined) {
      criteria = new Map();
      this.#scores.set(rater, criteria);
    }
    let sums = criteria.get(criterion);
    if (sums === undefined) {
      sums = { candidate: { sum: 0, count: 0 }, baseline: { sum: 0, count: 0 }, scaled: true };
      criteria.set(criterion, sums);
    }
    if (scale === null) sums.scaled = false;
    sums[side].sum += scale === null ? score! : (score! - scale[0]) / (scale[1] - scale[0]);
    sums[side].count += 1;
  }

  /** Each rater's share of wins for the candidate, both orders weighted equally; `flipped`: the orders contradict each other. */
  *wins(): Generator<{ readonly rater: string; readonly win: number; readonly flipped: boolean | null }> {
    for (const [rater, { forwardSum, forward, reversedSum, reversed }] of this.#pairs) {
      if (forward === 0 || reversed === 0) {
        yield { rater, win: (forwardSum + reversedSum) / (forward + reversed), flipped: null };
        continue;
      }
      const first = forwardSum / forward - 0.5;
      const second = reversedSum / reversed - 0.5;
      yield { rater, win: 0.5 + (first + second) / 2, flipped: first * second < 0 };
    }
  }

  /** Each rater's score of the candidate minus that of the baseline, if it scored both. */
  *gaps(
    criterion: string | null,
  ): Generator<{ readonly rater: string; readonly gap: number; readonly scaled: boolean }> {
    for (const [rater, criteria] of this.#scores) {
      let sum = 0;
      let count = 0;
      let allScaled = true;
      for (const [name, { candidate, baseline, scaled }] of criteria) {
        if (criterion !== null && name !== criterion) continue;
        if (candidate.count === 0 || baseline.count === 0) continue;
        sum += candidate.sum / candidate.count - baseline.sum / baseline.count;
        count += 1;
        allScaled &&= scaled;
      }
      if (count > 0) yield { rater, gap: sum / count, scaled: allScaled };
    }
  }

  /** Number of scores without a score of the other response by the same rater on the same criterion. */
  get unpairedScores(): number {
    let count = 0;
    for (const criteria of this.#scores.values())
      for (const { candidate, baseline } of criteria.values())
        if ((candidate.count === 0) !== (baseline.count === 0)) count += 1;
    return count;
  }
}
