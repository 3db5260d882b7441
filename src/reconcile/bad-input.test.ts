import { describe, expect, it } from 'vitest';
import { goldVote, pairVote, scoreVote, syntheticPanel } from '../../test/support/pairwise-votes.ts';
import type { Vote } from '../domain/vote.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';

function warningsOf({ report }: Reconciliation): string[] {
  return report.warnings.map(({ warning }) => warning);
}

/** Nothing that is not a number ever reaches a file: JSON would quietly turn it into null. */
function expectSound(result: Reconciliation): void {
  for (const { probability } of result.preferences) {
    expect(probability).toBeGreaterThanOrEqual(0.5);
    expect(probability).toBeLessThanOrEqual(1);
  }
  JSON.stringify(result, (key, value: unknown) => {
    if (typeof value === 'number') expect(value, key).toSatisfy(Number.isFinite);
    return value;
  });
}

describe('reconcile on bad input', () => {
  it('warns of contradictory duplicates and counts them for neither side', async () => {
    const result = await reconcile({ votes: [pairVote('q', 'one', 'a'), pairVote('q', 'one', 'b')] });
    expect(warningsOf(result)).toEqual(['contradictory_duplicate']);
    expect(result.preferences[0]?.probability).toBe(0.5);
    expectSound(result);
  });

  it('accepts repeated samples without a warning', async () => {
    const votes = [
      pairVote('q', 'one', 'a', 'a', { sample: 0 }),
      pairVote('q', 'one', 'b', 'a', { sample: 1 }),
    ];
    expect(warningsOf(await reconcile({ votes }))).toEqual([]);
  });

  it.each<[string, Vote[]]>([
    ['one rater only', syntheticPanel(30, { one: 0.8 }, 1).votes],
    ['one vote only', [pairVote('q', 'one', 'a')]],
    ['all abstain', [pairVote('q', 'one', null), pairVote('q', 'two', null)]],
    ['all errors', [pairVote('q', 'one', null, 'a', { outcome: 'error' })]],
    ['all ties', [1, 2, 3].map((n) => ({ ...pairVote(`q${n}`, 'one', null), outcome: 'tie' as const }))],
    [
      'raters with a single vote',
      Array.from({ length: 30 }, (_, n) => pairVote('q', `r${n}`, n % 3 ? 'a' : 'b')),
    ],
    ['disconnected items', Array.from({ length: 30 }, (_, n) => pairVote(`q${n}`, `r${n}`, 'a'))],
    ['equal scores', ['a', 'b'].map((id) => scoreVote('q', 'one', id, 5))],
    ['huge scores', [scoreVote('q', 'one', 'a', 1e300), scoreVote('q', 'one', 'b', -1e300)]],
    ['nothing', []],
  ])('%s', async (_, votes) => {
    for (const labels of [[], [goldVote('q', 'a'), goldVote('q1', 'b')]])
      expectSound(await reconcile({ votes, labels }));
  });

  it('counts a score that is not finite as an abstention', async () => {
    const result = await reconcile({
      votes: [
        scoreVote('q', 'one', 'a', Number.NaN),
        scoreVote('q', 'one', 'b', Number.POSITIVE_INFINITY),
        pairVote('q', 'two', 'a'),
      ],
    });
    expect(warningsOf(result)).toEqual(['score_not_finite']);
    expect(result.preferences[0]?.votes).toMatchObject({ for_chosen: 1, abstain: 1 });
    expectSound(result);
  });

  it('warns of unknown candidates and leaves them out', async () => {
    const candidates = [
      { id: 'a', text: 'x' },
      { id: 'c', text: 'y' },
    ];
    const result = await reconcile({
      votes: [pairVote('q', 'one', 'a')],
      items: [{ id: 'q', prompt: 'p', candidates }],
    });
    expect(warningsOf(result)).toEqual(['unknown_candidate']);
    expect(result.preferences).toEqual([]);
  });

  it('warns of labels on pairs without a vote', async () => {
    const result = await reconcile({
      votes: [pairVote('q', 'one', 'a')],
      labels: [goldVote('elsewhere', 'a')],
    });
    expect(warningsOf(result)).toEqual(['label_without_votes']);
    expect(result.preferences.map(({ item }) => item)).toEqual(['q']);
  });

  it('warns of gold labels that contradict each other', async () => {
    const { votes, gold } = syntheticPanel(40, { one: 0.9, two: 0.6 }, 2);
    const other = { ...goldVote(gold[0]!.item, gold[0]!.preferred === 'a' ? 'b' : 'a'), rater: 'gold2' };
    const result = await reconcile({ votes, labels: [...gold, other] });
    expect(warningsOf(result)).toEqual(['gold_contradicts_itself']);
    expectSound(result);
  });

  it('warns of patterns that match no rater, and of missing votes', async () => {
    const result = await reconcile({ votes: [pairVote('q', 'one', 'a')] }, { raters: ['two*'] });
    expect(warningsOf(result)).toEqual(['no_votes', 'rater_not_found']);
  });
});
