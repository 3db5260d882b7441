import { describe, expect, it } from 'vitest';
import { pairVote } from '../../test/support/pairwise-votes.ts';
import type { Vote } from '../domain/vote.ts';
import { reconcile } from './reconcile.ts';

const vote = (item: string, criterion: string | undefined, preferred: 'a' | 'b', first: 'a' | 'b'): Vote => ({
  ...pairVote(item, 'm', preferred, first),
  ...(criterion === undefined ? {} : { criterion }),
});
const both = (item: string, criterion: string | undefined, forward: 'a' | 'b', reverse: 'a' | 'b') => [
  vote(item, criterion, forward, 'a'),
  vote(item, criterion, reverse, 'b'),
];

describe('votes of one rater under several criteria', () => {
  it('are neither repetitions nor flips of each other', async () => {
    const votes = [...both('q', 'honesty', 'a', 'a'), ...both('q', 'brevity', 'b', 'b')];
    const { report } = await reconcile({ votes });
    expect(report.warnings).toEqual([]);
    expect(report.raters[0]).toMatchObject({ consistency: 1, two_orders: 2 });
  });

  it('flip as often as counted, criterion by criterion', async () => {
    const votes = [
      ...both('q', 'honesty', 'a', 'a'),
      ...both('q', 'brevity', 'a', 'b'),
      ...both('r', 'honesty', 'b', 'b'),
      ...both('r', 'brevity', 'b', 'b'),
      ...both('s', undefined, 'a', 'b'),
    ];
    const { report } = await reconcile({ votes });
    expect(report.raters[0]).toMatchObject({ consistency: 0.6, two_orders: 5 });
  });

  it('still contradict each other under the same criterion', async () => {
    const votes = [vote('q', 'honesty', 'a', 'a'), vote('q', 'honesty', 'b', 'a')];
    const { report } = await reconcile({ votes });
    expect(report.warnings.map(({ warning }) => warning)).toEqual(['contradictory_duplicate']);
  });
});

describe('the probability of a verdict', () => {
  const chanceOfA = async (probability: number | undefined) => {
    const votes = both('q', undefined, 'a', 'a').map((each) => ({
      ...each,
      ...(probability === undefined ? {} : { probability }),
    }));
    const { preferences, report } = await reconcile({ votes });
    const [one] = preferences;
    const chance = one!.chosen === 'a' ? one!.probability : 1 - one!.probability;
    return { chance, counts: one!.votes, warnings: report.warnings.map(({ warning }) => warning) };
  };

  it.each([0, 0.01, 0.3, 0.48])(
    'of %d contradicts it: the vote supports neither side',
    async (probability) => {
      const { chance, counts, warnings } = await chanceOfA(probability);
      expect(chance).toBe(0.5);
      expect(counts).toMatchObject({ for_chosen: 0, abstain: 1 });
      expect(warnings).toEqual(['contradictory_probability']);
    },
  );

  it.each([0.5, 0.75, 1])('of %d never speaks against it', async (probability) => {
    const { chance, warnings } = await chanceOfA(probability);
    expect(chance).toBeGreaterThanOrEqual(0.5);
    expect(warnings).toEqual([]);
  });
});
