import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../domain/item.ts';
import type { Preference } from '../../domain/preference.ts';
import type { Vote } from '../../domain/vote.ts';
import { Warnings } from '../../reconcile/tables/warnings.ts';
import { type Comparison, comparePreferences, compareVotes } from './comparison.ts';
import { rankModels } from './rank-models.ts';

const options = { ties: 'half', seed: 1, replicates: 200, alpha: 0.05 } as const;

/** `wins` of the first over the second and `losses`, one cluster each. */
function record(
  first: string,
  second: string,
  wins: number,
  losses: number,
  more: Partial<Comparison> = {},
): Comparison[] {
  return Array.from({ length: wins + losses }, (_, index) => ({
    first,
    second,
    score: index < wins ? 1 : 0,
    result: index < wins ? 1 : 0,
    cluster: `${first}${second}${index}`,
    length: null,
    marks: null,
    weight: 1,
    ...more,
  }));
}
const board = (comparisons: readonly Comparison[], more: Partial<Parameters<typeof rankModels>[1]> = {}) =>
  rankModels({ comparisons, warnings: new Warnings() }, { ...options, ...more });

describe('rankModels', () => {
  it('gives two models the odds of their record', () => {
    const { models } = board(record('x', 'y', 30, 10));
    expect(models.map(({ model }) => model)).toEqual(['x', 'y']);
    expect(models[0]!.win_rate).toBeCloseTo(0.75, 6);
    expect(models[0]!.strength! - models[1]!.strength!).toBeCloseTo(Math.log(3), 6);
    const [low, high] = models[0]!.interval!;
    // the binomial standard error is .068
    expect(low).toBeGreaterThan(0.75 - 0.18);
    expect(low).toBeLessThan(0.7);
    expect(high).toBeGreaterThan(0.8);
    expect(high).toBeLessThan(0.75 + 0.18);
  });

  it('is the same whatever the order of comparisons and of the two in each', () => {
    const all = [...record('x', 'y', 5, 3), ...record('y', 'z', 4, 4), ...record('z', 'x', 2, 6)];
    const mirrored = (one: Comparison): Comparison => ({
      ...one,
      first: one.second,
      second: one.first,
      score: 1 - one.score,
      result: (1 - one.result) as Comparison['result'],
    });
    const plain = (comparisons: readonly Comparison[]) =>
      board(comparisons, { replicates: 50 }).models.map(({ model, strength }) => [
        model,
        strength!.toFixed(6),
      ]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.infiniteStream(fc.boolean()),
        (shuffled, flips) => {
          expect(plain(shuffled.map((one) => (flips.next().value ? mirrored(one) : one)))).toEqual(
            plain(all),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('says that models have no common scale instead of inventing one', () => {
    const apart = board([...record('a', 'b', 2, 2), ...record('c', 'd', 2, 2)]);
    expect(apart.undefined_because).toMatch(/2 groups/);
    expect(apart.groups).toHaveLength(2);
    expect(
      apart.models.every(
        ({ strength, win_rate, interval }) => strength === null && win_rate === null && interval === null,
      ),
    ).toBe(true);
    expect(board(record('a', 'b', 5, 0)).undefined_because).toMatch(/2 groups/);
  });

  it('gives ties a likelihood of their own, and says when all are ties', () => {
    const ties = record('x', 'y', 4, 0, { score: 0.5, result: 0.5 });
    const some = board([...record('x', 'y', 8, 4), ...ties], { ties: 'davidson' });
    expect(some.models[0]!.win_rate).toBeGreaterThan(0.6);
    expect(board(ties, { ties: 'davidson' }).undefined_because).toBe('every comparison is a tie');
    expect(board(ties).models.map(({ win_rate }) => win_rate)).toEqual([0.5, 0.5]);
  });

  it('takes away what length alone explains', () => {
    const comparisons = Array.from({ length: 400 }, (_, index): Comparison => {
      const length = index % 4 === 0 ? -100 : 100;
      const score = length > 0 ? (index % 5 === 0 ? 0 : 1) : index % 5 === 0 ? 1 : 0;
      return {
        first: 'long',
        second: 'short',
        score,
        result: score as 0 | 1,
        cluster: `c${index}`,
        length,
        marks: 0,
        weight: 1,
      };
    });
    const row = board(comparisons, { replicates: 50 }).models.find(({ model }) => model === 'long')!;
    expect(row.win_rate).toBeGreaterThan(0.6);
    expect(row.length_controlled_win_rate).toBeCloseTo(0.5, 1);
  });

  it('takes a comparison of twice the weight for two', () => {
    const plain = [
      ...record('x', 'y', 5, 3, { length: 10, marks: 1 }),
      ...record('y', 'z', 4, 4, { length: -5, marks: 0 }),
      ...record('z', 'x', 2, 6, { length: 20, marks: 2 }),
    ];
    const doubled = plain.map((one, index) => ({ ...one, weight: index % 3 === 0 ? 1 : 0.5 }));
    const twice = plain.flatMap((one, index) => (index % 3 === 0 ? [one, one] : [one]));
    const rates = (comparisons: readonly Comparison[], ties: 'half' | 'davidson') =>
      board(comparisons, { ties, replicates: 50 }).models.map((row) => [
        row.model,
        row.strength?.toFixed(6),
        row.raw_win_rate.toFixed(9),
        row.interval?.map((end) => end.toFixed(6)),
      ]);
    const tied = (all: readonly Comparison[]) =>
      all.map((one): Comparison => (one.cluster.endsWith('0') ? { ...one, score: 0.5, result: 0.5 } : one));
    expect(rates(doubled, 'half')).toEqual(rates(twice, 'half'));
    expect(rates(tied(doubled), 'davidson')).toEqual(rates(tied(twice), 'davidson'));
    expect(board(doubled).comparisons_below_one).toBe(doubled.filter(({ weight }) => weight < 1).length);
    expect(board(plain)).not.toHaveProperty('comparisons_below_one');
    // the ridge sees half as much data
    const controlled = (all: readonly Comparison[]) =>
      board(all, { replicates: 50 }).models.map((row) => row.style_controlled_win_rate!);
    for (const [index, rate] of controlled(doubled).entries())
      expect(rate).toBeCloseTo(controlled(twice)[index]!, 2);
  });

  it('never has NaN in its JSON', () => {
    for (const comparisons of [
      record('a', 'b', 1, 0),
      record('a', 'b', 1, 1),
      record('a', 'b', 2, 1, { length: 0, marks: 0 }),
    ]) {
      for (const ties of ['half', 'davidson', 'rao-kupper'] as const) {
        const text = JSON.stringify(board(comparisons, { ties, replicates: 50 }), (_, value: unknown) => {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
          return value;
        });
        expect(text).toContain('"models"');
      }
    }
  });
});

async function* stream<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
const items = new Map<string, Item>([
  [
    'i',
    {
      id: 'i',
      prompt: 'p',
      candidates: [
        { id: 'a', text: 'x', model: 'm1' },
        { id: 'b', text: 'yy', model: 'm2' },
        { id: 'c', text: 'z', model: 'm2' },
        { id: 'd', text: 'w' },
      ],
    },
  ],
]);

describe('comparisons', () => {
  it('take all votes on a pair as one, in either order', async () => {
    const vote = (shown: [string, string], preferred?: string) =>
      ({
        item: 'i',
        rater: 'r',
        rater_kind: 'llm',
        kind: 'pairwise',
        shown,
        outcome: preferred ? 'verdict' : 'tie',
        preferred,
      }) as Vote;
    const { comparisons } = await compareVotes(
      stream([vote(['a', 'b'], 'a'), vote(['b', 'a'], 'a'), vote(['a', 'b'])]),
      items,
    );
    expect(comparisons).toMatchObject([{ first: 'm1', second: 'm2', result: 1, length: -1 }]);
    expect(comparisons[0]!.score).toBeCloseTo(2.5 / 3);
  });

  it('weigh votes, and count those of weight 0 as abstentions', async () => {
    const vote = (preferred: string, weight?: number) =>
      ({
        item: 'i',
        rater: 'r',
        rater_kind: 'human',
        kind: 'pairwise',
        shown: ['a', 'b'],
        outcome: 'verdict',
        preferred,
        ...(weight !== undefined && { weight }),
      }) as Vote;
    const { comparisons } = await compareVotes(stream([vote('a', 0.5), vote('b', 0.1)]), items);
    expect(comparisons).toMatchObject([{ result: 1, weight: 0.5 }]);
    expect(comparisons[0]!.score).toBeCloseTo(5 / 6);
    const split = await compareVotes(stream([vote('a', 0.1), vote('a', 0.2), vote('b', 0.3)]), items);
    expect(split.comparisons).toMatchObject([{ result: 0.5, weight: 0.3 }]);
    const quarantined = await compareVotes(stream([vote('a'), vote('b', 0)]), items);
    expect(quarantined.comparisons).toEqual((await compareVotes(stream([vote('a')]), items)).comparisons);
    expect(quarantined.warnings.list()).toEqual([
      { warning: 'vote of weight 0 is counted as an abstention', count: 1, examples: ['r on i'] },
    ]);
    expect((await compareVotes(stream([vote('b', 0)]), items)).comparisons).toEqual([]);
  });

  it('count what they leave out, by reason', async () => {
    const preference = (item: string, chosen: string, rejected: string, status = 'accepted') =>
      ({ item, chosen, rejected, probability: 0.8, status }) as Preference;
    const { comparisons, warnings } = await comparePreferences(
      stream([
        preference('i', 'a', 'b', 'review'),
        preference('i', 'b', 'c'),
        preference('i', 'a', 'd'),
        preference('i', 'a', 'e'),
        preference('j', 'a', 'b'),
      ]),
      items,
    );
    expect(comparisons).toMatchObject([{ score: 0.8, result: 0.5 }]);
    expect(warnings.list().map(({ warning }) => warning)).toEqual([
      'both responses are of one model',
      'candidate names no model',
      'item is not in the items file',
      'unknown candidate',
    ]);
  });
});
