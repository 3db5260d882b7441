import { describe, expect, it } from 'vitest';
import { goldVote, pairVote, scoreVote, syntheticPanel } from '../../test/support/pairwise-votes.ts';
import { reconcile } from './reconcile.ts';

describe('reconcile', () => {
  it('counts a judge that flips with the order for neither side', async () => {
    const { preferences } = await reconcile({
      votes: [
        pairVote('q', 'flipper', 'a', 'a'),
        pairVote('q', 'flipper', 'b', 'b'),
        pairVote('q', 'steady', 'b', 'a'),
        pairVote('q', 'steady', 'b', 'b'),
      ],
    });
    expect(preferences[0]).toMatchObject({
      chosen: 'b',
      votes: { flipped: 1, for_chosen: 1, for_rejected: 0 },
    });
  });

  it('recuses a judge of the same family as exactly one author', async () => {
    const candidates = [
      { id: 'a', text: 'x', model: 'gpt-4' },
      { id: 'b', text: 'y', model: 'claude-3-opus' },
    ];
    const votes = [pairVote('q', 'judge', 'a', 'a', { model: 'gpt-4o' })];
    const items = [{ id: 'q', prompt: 'p', candidates }];
    const { preferences, report } = await reconcile({ votes, items });
    expect(report.recusals).toBe(1);
    expect(preferences[0]).toMatchObject({
      probability: 0.5,
      status: 'review',
      reasons: [expect.stringContaining('quorum'), 'recused, same family as one author: judge'],
    });
    const kept = await reconcile({ votes, items }, { sameFamily: 'keep' });
    expect(kept.preferences[0]?.probability).toBeGreaterThan(0.5);
  });

  it('learns rater weights from labels, even against the majority', async () => {
    const { votes, gold } = syntheticPanel(120, { good: 0.95, bad1: 0.35, bad2: 0.35, bad3: 0.35 }, 1);
    const { preferences, report } = await reconcile({ votes, labels: gold.slice(0, 60) });
    expect(report.basis).toBe('calibrated');
    const truth = new Map(gold.map(({ item, preferred }) => [item, preferred]));
    const right = preferences.slice(60).filter(({ item, chosen }) => truth.get(item) === chosen).length;
    expect(right / 60).toBeGreaterThan(0.9);
    expect(report.held_out?.accuracy).toBeGreaterThan(0.9);
  });

  it('stays near one half, with and without labels, where the votes are no better than chance', async () => {
    const { votes, gold } = syntheticPanel(200, { coin1: 0.5, coin2: 0.5, coin3: 0.5 }, 2);
    for (const labels of [[], gold.slice(0, 100)]) {
      const { preferences } = await reconcile({ votes, labels });
      const mean = preferences.slice(100).reduce((sum, { probability }) => sum + probability, 0) / 100;
      expect(mean).toBeLessThan(0.6);
    }
  });

  it('keeps both sides of a conflict between human and machine raters, and follows the policy', async () => {
    const { votes, gold } = syntheticPanel(100, { one: 0.97, two: 0.97 }, 3);
    const subject = gold[0]!;
    const wrong = subject.preferred === 'a' ? 'b' : 'a';
    const person = { ...goldVote(subject.item, wrong), rater: 'ann', rater_kind: 'human' as const };
    const labels = [...gold.slice(20, 80), person];
    const pooled = await reconcile({ votes, labels });
    expect(pooled.preferences[0]).toMatchObject({ status: 'conflict' });
    expect(pooled.preferences[0]?.sources.llm?.probability).not.toBeNull();
    expect(pooled.preferences[0]?.sources.human?.votes).toBe(1);
    const overridden = await reconcile({ votes, labels }, { humans: 'human_overrides' });
    expect(overridden.preferences[0]).toMatchObject({ chosen: wrong, status: 'accepted' });
    const audited = await reconcile({ votes, labels }, { humans: 'human_audits' });
    expect(audited.preferences[0]).toMatchObject({ chosen: subject.preferred, status: 'conflict' });
  });

  it('treats human votes as labels, and keeps a pair that has only human votes', async () => {
    const votes = [pairVote('q', 'ann', 'b', 'a', { rater_kind: 'human' })];
    const { preferences } = await reconcile({ votes });
    expect(preferences[0]).toMatchObject({ chosen: 'b', status: 'accepted', votes: { for_chosen: 1 } });
  });

  it('lets a veto override the votes', async () => {
    const votes = [pairVote('q', 'one', 'a', 'a'), { ...scoreVote('q', 'rule', 'a', 0), veto: true }];
    const { preferences } = await reconcile({ votes });
    expect(preferences[0]).toMatchObject({ status: 'vetoed', reasons: ['a vetoed by rule'] });
  });

  it('ranks all pairs of a listwise vote and of scores on any scale', async () => {
    const ranking = [['c'], ['a', 'b']];
    const { preferences } = await reconcile({
      votes: [
        { item: 'q', rater: 'lister', rater_kind: 'llm', kind: 'listwise', outcome: 'verdict', ranking },
        ...['a', 'b', 'c'].map((id, index) => scoreVote('q', 'scorer', id, -5 + index * 1000)),
      ],
    });
    expect(preferences.map(({ pair, chosen }) => [...pair, chosen])).toEqual([
      ['a', 'b', 'b'],
      ['a', 'c', 'c'],
      ['b', 'c', 'c'],
    ]);
  });

  it('guarantees a precision only as far as the labels support it', async () => {
    const { votes, gold } = syntheticPanel(300, { one: 0.9, two: 0.8, three: 0.7 }, 4);
    const kept = await reconcile({ votes, labels: gold.slice(0, 200) }, { targetPrecision: 0.9 });
    expect(kept.report.precision_guarantee?.threshold).toBeGreaterThan(0.5);
    expect(kept.report.precision_guarantee?.statement).toContain('with probability at least 0.9');
    const none = await reconcile({ votes, labels: gold.slice(0, 20) }, { targetPrecision: 0.99 });
    expect(none.report.precision_guarantee?.threshold).toBeNull();
    expect(none.preferences.slice(20).some(({ status }) => status === 'accepted')).toBe(false);
    expect(none.preferences.slice(0, 20).some(({ status }) => status === 'accepted')).toBe(true);
  });

  it('scores single candidates, against the majority where the labels support it', async () => {
    const votes = [];
    const labels = [];
    for (let index = 0; index < 60; index += 1) {
      const item = `q${index}`;
      const right = index % 2;
      const scale = [0, 1] as const;
      votes.push({ ...scoreVote(item, 'strict', 'r', right), scale });
      votes.push(
        { ...scoreVote(item, 'yes1', 'r', 1), scale },
        { ...scoreVote(item, 'yes2', 'r', 1), scale },
      );
      if (index < 40)
        labels.push({ ...scoreVote(item, 'gold', 'r', right), rater_kind: 'gold' as const, scale });
    }
    const { scores, preferences } = await reconcile({ votes, labels });
    expect(preferences).toEqual([]);
    for (const { item, probability } of scores) {
      expect(probability > 0.5).toBe(Number(item.slice(1)) % 2 === 1);
    }
  });
});
