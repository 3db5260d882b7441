import { describe, expect, it } from 'vitest';
import type { PairwiseVote, Vote } from '../domain/vote.ts';
import { reconcile } from './reconcile.ts';

const vote = (item: string, rater: string, preferred: string | null, first = 'a'): PairwiseVote => ({
  item,
  rater,
  rater_kind: 'llm',
  kind: 'pairwise',
  shown: first === 'a' ? ['a', 'b'] : ['b', 'a'],
  ...(preferred === null ? { outcome: 'abstain' } : { outcome: 'verdict', preferred }),
});

const gold = (item: string, preferred: string): Vote => ({
  ...vote(item, 'gold', preferred),
  rater_kind: 'gold',
});

describe('reconcile', () => {
  it('counts a judge that flips with the order for neither side', async () => {
    const { preferences } = await reconcile({
      votes: [
        vote('q', 'flipper', 'a', 'a'),
        vote('q', 'flipper', 'b', 'b'),
        vote('q', 'steady', 'b', 'a'),
        vote('q', 'steady', 'b', 'b'),
      ],
    });
    expect(preferences[0]).toMatchObject({
      chosen: 'b',
      votes: { flipped: 1, for_chosen: 1, for_rejected: 0 },
    });
  });

  it('sends a pair to review where nobody decided, with probability one half', async () => {
    const { preferences } = await reconcile({ votes: [vote('q', 'one', null)] });
    expect(preferences[0]).toMatchObject({ probability: 0.5, status: 'review', votes: { abstain: 1 } });
  });

  it('recuses a judge of the same family as exactly one author', async () => {
    const candidates = [
      { id: 'a', text: 'x', model: 'gpt-4' },
      { id: 'b', text: 'y', model: 'claude-3-opus' },
    ];
    const judge = { ...vote('q', 'judge', 'a'), model: 'gpt-4o' };
    const { preferences, report } = await reconcile({
      votes: [judge],
      items: [{ id: 'q', prompt: 'p', candidates }],
    });
    expect(report.recusals).toBe(1);
    expect(preferences[0]).toMatchObject({ probability: 0.5, status: 'review' });
  });

  it('learns from labels whom to trust, even against the majority', async () => {
    const votes: Vote[] = [];
    const labels: Vote[] = [];
    for (let index = 0; index < 40; index += 1) {
      const truth = index % 2 === 0 ? 'a' : 'b';
      const other = truth === 'a' ? 'b' : 'a';
      votes.push(vote(`q${index}`, 'good', truth));
      votes.push(vote(`q${index}`, 'bad1', index % 3 === 0 ? truth : other));
      votes.push(vote(`q${index}`, 'bad2', index % 3 === 1 ? truth : other));
      if (index < 30) labels.push(gold(`q${index}`, truth));
    }
    const { preferences, report } = await reconcile({ votes, labels });
    expect(report.basis).toBe('calibrated');
    for (const { item, chosen } of preferences)
      expect(chosen).toBe(Number(item.slice(1)) % 2 === 0 ? 'a' : 'b');
  });
});
