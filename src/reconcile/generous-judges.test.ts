import { describe, expect, it } from 'vitest';
import { scoreVote } from '../../test/support/pairwise-votes.ts';
import type { Item } from '../domain/item.ts';
import type { PointwiseVote } from '../domain/vote.ts';
import { seededRandom } from '../stats/random.ts';
import { reconcile } from './reconcile.ts';

const families = ['gpt', 'claude', 'llama'] as const;
type Family = (typeof families)[number];

const items: readonly Item[] = Array.from({ length: 80 }, (_, index) => ({
  id: `q${String(index).padStart(2, '0')}`,
  prompt: 'p',
  candidates: families.map((family) => ({ id: family, text: family, model: `${family}-1` })),
}));

/** What a judge makes of the score that it would give without its habit. */
type Habit = (score: number, judge: Family, author: Family) => number;

/** Each judge scores the responses: the others' only, or also its own. */
function scores(habit: Habit, alsoOwn: boolean): PointwiseVote[] {
  const random = seededRandom(7);
  return items.flatMap(({ id }) => {
    const quality = new Map(families.map((family) => [family, 3 + 4 * random()]));
    return families.flatMap((judge) =>
      families.flatMap((author) => {
        const seen = quality.get(author)! + 2 * (random() - 0.5);
        if (judge === author && !alsoOwn) return [];
        return { ...scoreVote(id, judge, author, habit(seen, judge, author)), model: `${judge}-1` };
      }),
    );
  });
}

const plain: Habit = (score) => score;
const preferencesOf = async (votes: PointwiseVote[], sameFamily: 'recuse' | 'keep' = 'recuse') => {
  const { preferences } = await reconcile({ votes, items }, { sameFamily });
  return preferences.map(({ item, chosen, rejected, probability, status }) => ({
    item,
    chosen,
    rejected,
    status,
    probability: Number(probability.toFixed(9)),
  }));
};

/** Who has the higher mean score in each pair. */
function winnersByMean(votes: readonly PointwiseVote[]): string[] {
  const mean = (item: string, candidate: string) => {
    const own = votes.filter((vote) => vote.item === item && vote.candidate === candidate);
    return own.reduce((sum, { score = 0 }) => sum + score, 0) / own.length;
  };
  return items.flatMap(({ id }) =>
    (['gpt claude', 'gpt llama', 'claude llama'] as const).map((pair) => {
      const [x, y] = pair.split(' ') as [string, string];
      return mean(id, x) > mean(id, y) ? x : y;
    }),
  );
}

describe('judges that judge each other', () => {
  it('shift no preference by being generous or by using more of the scale', async () => {
    const generous: Habit = (score, judge) =>
      judge === 'gpt' ? score + 3 : judge === 'claude' ? 1 + score / 2 : score;
    const [before, after] = [scores(plain, false), scores(generous, false)];
    expect(await preferencesOf(after)).toEqual(await preferencesOf(before));
    // with plain means the responses that the generous judge must not score would lose
    expect(winnersByMean(after)).not.toEqual(winnersByMean(before));
  });

  it('shift no preference by favouring their own family, where they were asked about it', async () => {
    const vain: Habit = (score, judge, author) => (judge === author ? score + 5 : score);
    const [before, after] = [scores(plain, true), scores(vain, true)];
    expect(await preferencesOf(after)).toEqual(await preferencesOf(before));
    expect(await preferencesOf(after, 'keep')).not.toEqual(await preferencesOf(before, 'keep'));
  });
});
