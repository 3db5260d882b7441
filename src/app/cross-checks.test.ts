import { describe, expect, it } from 'vitest';
import type { PairwiseVote, Vote } from '../domain/vote.ts';
import { CrossCheckTally } from './cross-checks.ts';

const vote = (item: string, rater: string, more: Partial<PairwiseVote>): Vote => ({
  item,
  rater,
  rater_kind: 'llm',
  kind: 'pairwise',
  shown: ['a', 'b'],
  outcome: 'verdict',
  ...more,
});
const prefers = (item: string, rater: string, preferred: string) => vote(item, rater, { preferred });
const key = 'ab'.repeat(32);

function effectOf(votes: readonly Vote[]) {
  const tally = new CrossCheckTally();
  for (const vote of votes) tally.add(vote);
  return tally.report();
}

describe('what judges did to each other’s votes', () => {
  it('counts what changed in a debate, and how far judges agreed before and after', async () => {
    const { debate } = effectOf([
      // one pair on which the second judge gives in, and one on which no judge moves
      ...[prefers('1', 'one', 'a'), prefers('1', 'two', 'b')],
      ...[prefers('1', 'one/debate', 'a'), prefers('1', 'two/debate', 'a')],
      ...[prefers('2', 'one', 'a'), vote('2', 'two', { outcome: 'tie' })],
      ...[prefers('2', 'one/debate', 'a'), vote('2', 'two/debate', { outcome: 'tie' })],
      // no second vote, no debate
      ...[
        prefers('3', 'one', 'a'),
        vote('3', 'one/debate', { outcome: 'abstain', reason: 'nobody_answered' }),
      ],
    ]);
    expect(debate).toEqual({ second_votes: 4, changed: 1, agreement_before: 0, agreement_after: 0.5 });
  });

  it('counts what a verifier withheld, and takes what was said for the first vote of a debate', async () => {
    const withheld = { outcome: 'verdict', preferred: 'b' };
    const effect = effectOf([
      vote('1', 'one', { preferred: 'a', provenance: { verified_by: 'v' } }),
      vote('1', 'two', { outcome: 'abstain', provenance: { verified_by: 'v', withheld } }),
      vote('1', 'three', { outcome: 'error', provenance: { verified_by: 'v' } }),
      vote('1', 'four', { outcome: 'abstain', reason: 'refused' }),
      prefers('1', 'two/debate', 'b'),
    ]);
    expect(effect.verify).toEqual({ checked: 3, withheld: 1, unchecked: 1 });
    expect(effect.debate).toMatchObject({ second_votes: 1, changed: 0, agreement_before: null });
  });

  it('counts what was prepared once for each item, and why an item went without', async () => {
    const prepared = (criteria: string) => ({ preferred: 'a', provenance: { prepared: { criteria } } });
    const { prepare } = effectOf([
      ...[vote('1', 'one', prepared(key)), vote('1', 'two', prepared(key))],
      ...[vote('2', 'one', prepared('truncated')), vote('3', 'one', prepared('rate'))],
    ]);
    expect(prepare).toEqual({ criteria: { items: 3, missing: { truncated: 1, rate: 1 } } });
  });

  it('says nothing where nothing of the kind was asked', async () => {
    expect(effectOf([prefers('1', 'one', 'a')])).toEqual({});
  });
});
