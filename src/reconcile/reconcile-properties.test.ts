import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldVote, pairVote, syntheticPanel } from '../../test/support/pairwise-votes.ts';
import type { PairwiseVote, Vote } from '../domain/vote.ts';
import { seededRandom, shuffled } from '../stats/random.ts';
import { reconcile } from './reconcile.ts';

const anyVotes = fc.array(
  fc.record({
    item: fc.constantFrom('q1', 'q2', 'q3', 'q4'),
    rater: fc.constantFrom('r1', 'r2', 'r3'),
    preferred: fc.constantFrom('a', 'b', null),
    first: fc.constantFrom<'a' | 'b'>('a', 'b'),
    tie: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

function votesFrom(
  rows: readonly { item: string; rater: string; preferred: string | null; first: 'a' | 'b'; tie: boolean }[],
) {
  return rows.map(({ item, rater, preferred, first, tie }): PairwiseVote => {
    const vote = pairVote(item, rater, preferred, first);
    const { preferred: _, ...rest } = vote;
    return tie && preferred !== null ? { ...rest, outcome: 'tie' } : vote;
  });
}

const labels = ['q1', 'q2', 'q3', 'q4'].map((item, index) => goldVote(item, index % 2 === 0 ? 'a' : 'b'));

describe('reconcile, whatever the votes', () => {
  it('gives every pair with a vote one line with a probability in [0.5, 1]', async () => {
    await fc.assert(
      fc.asyncProperty(anyVotes, fc.boolean(), async (rows, labelled) => {
        const votes = votesFrom(rows);
        const { preferences } = await reconcile({ votes, ...(labelled && { labels }) });
        expect(preferences.map(({ item }) => item)).toEqual(
          [...new Set(rows.map(({ item }) => item))].sort(),
        );
        for (const { probability, chosen, rejected } of preferences) {
          expect(probability).toBeGreaterThanOrEqual(0.5);
          expect(probability).toBeLessThanOrEqual(1);
          expect([chosen, rejected].sort()).toEqual(['a', 'b']);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('reconcile of a panel', () => {
  const { votes, gold } = syntheticPanel(80, { one: 0.9, two: 0.7, three: 0.4 }, 7);
  const some = gold.slice(0, 40);

  it.each([
    ['with labels', some],
    ['without labels', []],
  ])('does not depend on the order of the votes, %s', async (_, given) => {
    const first = await reconcile({ votes, labels: given });
    const second = await reconcile({
      votes: shuffled(votes, seededRandom(1)),
      labels: shuffled(given, seededRandom(2)),
    });
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it.each([
    ['with labels', some],
    ['without labels', []],
  ])('does not depend on the names of the raters, %s', async (_, given) => {
    const renamed = votes.map((vote) => ({ ...vote, rater: `z-${[...vote.rater].reverse().join('')}` }));
    const first = await reconcile({ votes, labels: given });
    const second = await reconcile({ votes: renamed, labels: given });
    expect(second.preferences.map(({ chosen }) => chosen)).toEqual(
      first.preferences.map(({ chosen }) => chosen),
    );
    for (const [index, { probability }] of second.preferences.entries()) {
      expect(probability).toBeCloseTo(first.preferences[index]!.probability, 4);
    }
  });

  it.each([
    ['with labels', some],
    ['without labels', []],
  ])('is mirrored when the candidates are, %s', async (_, given) => {
    const swap = (id: string) => (id === 'a' ? 'b' : 'a');
    const mirror = (vote: Vote): Vote =>
      vote.kind !== 'pairwise'
        ? vote
        : {
            ...vote,
            shown: [swap(vote.shown[0]), swap(vote.shown[1])],
            ...(vote.preferred !== undefined && { preferred: swap(vote.preferred) }),
          };
    const first = await reconcile({ votes, labels: given });
    const second = await reconcile({ votes: votes.map(mirror), labels: given.map(mirror) });
    for (const [index, { chosen, probability }] of second.preferences.entries()) {
      const before = first.preferences[index]!;
      expect(probability).toBeCloseTo(before.probability, 5);
      if (before.probability > 0.5 + 1e-5) expect(chosen).toBe(swap(before.chosen));
    }
  });

  it('gives no higher confidence for a copy of a rater', async () => {
    const copies = ['one-b', 'one-c', 'one-d'].flatMap((name) =>
      votes.filter(({ rater }) => rater === 'one').map((vote) => ({ ...vote, rater: name })),
    );
    const certainty = async (given: readonly Vote[]) => {
      const { preferences } = await reconcile({ votes: given });
      return preferences.reduce((sum, { probability }) => sum + probability, 0) / preferences.length;
    };
    const alone = await certainty(votes.filter(({ rater }) => rater === 'one'));
    const copied = await certainty([...votes.filter(({ rater }) => rater === 'one'), ...copies]);
    expect(copied).toBeCloseTo(alone, 6);
  });

  it('is byte-identical for the same seed', async () => {
    const first = await reconcile({ votes, labels: some }, { seed: 5 });
    const second = await reconcile({ votes, labels: some }, { seed: 5 });
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });
});
