import { describe, expect, it } from 'vitest';
import { pairVote, syntheticPanel } from '../../test/support/pairwise-votes.ts';
import type { Item } from '../domain/item.ts';
import type { PointwiseVote, Vote } from '../domain/vote.ts';
import { reconcile } from './reconcile.ts';

const person = (rater: string, preferred: 'a' | 'b', weight?: number): Vote => ({
  ...pairVote('q', rater, preferred, 'a', { orders: 'none' }),
  rater_kind: 'human',
  ...(weight !== undefined && { weight }),
});

async function chanceOfA(votes: readonly Vote[]): Promise<number> {
  const [preference] = (await reconcile({ votes })).preferences;
  return preference!.chosen === 'a' ? preference!.probability : 1 - preference!.probability;
}

describe('votes with a weight', () => {
  it('count in proportion to their weight', async () => {
    const whole = await chanceOfA([person('ann', 'a', 1)]);
    const half = await chanceOfA([person('ann', 'a', 0.5)]);
    expect(whole).toBe(await chanceOfA([person('ann', 'a')]));
    expect(half).toBeGreaterThan(0.5);
    expect(half).toBeLessThan(whole);
    expect(await chanceOfA([person('ann', 'a', 0)])).toBe(0.5);
  });

  it('lets one opinion of full weight outweigh two of low weight', async () => {
    const votes = [person('ann', 'a', 1), person('bob', 'b', 0.2), person('cem', 'b', 0.2)];
    expect(await chanceOfA(votes)).toBeGreaterThan(0.5);
    expect(await chanceOfA(votes.map((vote) => ({ ...vote, weight: 1 })))).toBeLessThan(0.5);
  });

  it('counts a vote of weight 0 as an abstention, and its veto as none', async () => {
    const weightless: Vote = { ...pairVote('q', 'm', 'a'), weight: 0, veto: true };
    const [preference] = (await reconcile({ votes: [weightless, pairVote('q', 'n', 'a')] })).preferences;
    expect(preference!.votes).toMatchObject({ for_chosen: 1, abstain: 1 });
    expect(preference!.status).not.toBe('vetoed');
  });

  it('weights human votes beside machine votes', async () => {
    const { votes } = syntheticPanel(40, { m: 0.9, n: 0.8 }, 3);
    const light = votes.map((vote) => (vote.rater === 'm' ? { ...vote, weight: 0.001 } : vote));
    const without = votes.filter(({ rater }) => rater !== 'm');
    const chosen = async (some: readonly Vote[]) =>
      (await reconcile({ votes: some })).preferences.map(({ item, probability, chosen: id }) => [
        item,
        probability === 0.5 ? null : id,
      ]);
    const [included, left] = [await chosen(light), new Map((await chosen(without)) as [string, string][])];
    for (const [item, id] of included) if (left.get(item!) != null) expect(id).toBe(left.get(item!));
  });

  it('weights scores', async () => {
    const score = (rater: string, value: 0 | 1, weight: number): PointwiseVote => ({
      item: 'q',
      rater,
      rater_kind: 'human',
      kind: 'pointwise',
      candidate: 'a',
      outcome: 'verdict',
      score: value,
      scale: [0, 1],
      weight,
    });
    const [one] = (await reconcile({ votes: [score('ann', 1, 1), score('bob', 0, 0.1)] })).scores;
    expect(one!.probability).toBeGreaterThan(0.6);
    const [other] = (await reconcile({ votes: [score('ann', 1, 0.1), score('bob', 0, 1)] })).scores;
    expect(other!.probability).toBeLessThan(0.4);
  });
});

describe('an item in two files', () => {
  it('keeps its facts and gains candidates', async () => {
    const candidate = (id: string) => ({ id, text: id });
    const items: Item[] = [
      { id: 'q', prompt: 'p', category: 'maths', candidates: [candidate('a')] },
      { id: 'q', prompt: 'p', category: 'other', candidates: [candidate('a'), candidate('b')] },
    ];
    const { preferences, report } = await reconcile({ votes: [pairVote('q', 'm', 'a')], items });
    expect(preferences).toHaveLength(1);
    expect(report.warnings).toEqual([]);
  });
});
