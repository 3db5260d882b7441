import type { PairwiseVote, PointwiseVote, Vote } from '../../src/domain/vote.ts';
import { seededRandom } from '../../src/stats/random.ts';

/** A verdict for `preferred` (null: abstains) with `first` shown first. */
export function pairVote(
  item: string,
  rater: string,
  preferred: string | null,
  first: 'a' | 'b' = 'a',
  extra: Partial<PairwiseVote> = {},
): PairwiseVote {
  return {
    item,
    rater,
    rater_kind: 'llm',
    kind: 'pairwise',
    shown: first === 'a' ? ['a', 'b'] : ['b', 'a'],
    ...(preferred === null ? { outcome: 'abstain' } : { outcome: 'verdict', preferred }),
    ...extra,
  };
}

export function goldVote(item: string, preferred: string): PairwiseVote {
  return { ...pairVote(item, 'gold', preferred), rater_kind: 'gold' };
}

export function scoreVote(item: string, rater: string, candidate: string, score: number): PointwiseVote {
  return { item, rater, rater_kind: 'llm', kind: 'pointwise', candidate, outcome: 'verdict', score };
}

/** Votes of raters with the given accuracies in both orders, and the truth as gold. */
export function syntheticPanel(
  items: number,
  accuracies: Readonly<Record<string, number>>,
  seed: number,
): { votes: Vote[]; gold: PairwiseVote[] } {
  const random = seededRandom(seed);
  const votes: Vote[] = [];
  const gold: PairwiseVote[] = [];
  for (let index = 0; index < items; index += 1) {
    const item = `q${String(index).padStart(5, '0')}`;
    const truth = random() < 0.5 ? 'a' : 'b';
    const other = truth === 'a' ? 'b' : 'a';
    gold.push(goldVote(item, truth));
    for (const [rater, accuracy] of Object.entries(accuracies)) {
      for (const first of ['a', 'b'] as const) {
        votes.push(pairVote(item, rater, random() < accuracy ? truth : other, first));
      }
    }
  }
  return { votes, gold };
}
