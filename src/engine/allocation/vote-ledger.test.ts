import { describe, expect, it } from 'vitest';
import type { PairwiseVote, PointwiseVote } from '../../domain/vote.ts';
import { VoteLedger } from './vote-ledger.ts';

const score = (rater: string, candidate: string, value: number, costUsd?: number): PointwiseVote => ({
  item: 'q',
  rater,
  rater_kind: 'llm',
  kind: 'pointwise',
  candidate,
  outcome: 'verdict',
  score: value,
  ...(costUsd === undefined ? {} : { cost_usd: costUsd }),
});

const pair = (first: string, second: string, preferred: string): PairwiseVote => ({
  item: 'q',
  rater: 'judge',
  rater_kind: 'llm',
  kind: 'pairwise',
  shown: [first, second],
  outcome: 'verdict',
  preferred,
  cost_usd: 0.01,
});

describe('VoteLedger', () => {
  it('reveals no vote before it is paid', () => {
    const votes = [score('judge', 'a', 7.25, 0.01), pair('a', 'b', 'b'), pair('b', 'a', 'b')];
    const sealed = JSON.stringify(new VoteLedger(votes).offers('q'));
    expect(sealed).not.toContain('7.25');
    expect(sealed).not.toContain('preferred');
    expect(JSON.stringify(new VoteLedger(votes))).toBe('{}');
  });

  it('makes one task of both orders of a pair, and two samples of a repeated question', () => {
    const ledger = new VoteLedger([
      pair('a', 'b', 'a'),
      pair('a', 'b', 'b'),
      pair('b', 'a', 'a'),
      pair('b', 'a', 'b'),
    ]);
    const offers = ledger.offers('q');
    expect(offers.map(({ task }) => [task.id, task.calls])).toEqual([
      ['pairwise:a|b:0', 2],
      ['pairwise:a|b:1', 2],
    ]);
    expect(ledger.pay('q', offers[0]!)).toMatchObject({ calls: 2, costUsd: 0.02 });
  });

  it('offers at the mean price and charges the cost of the call', () => {
    const ledger = new VoteLedger([score('judge', 'a', 1, 0.01), score('judge', 'b', 2, 0.03)]);
    const [first] = ledger.offers('q');
    expect(first!.costUsd).toBeCloseTo(0.02);
    expect(ledger.pay('q', first!).costUsd).toBe(0.01);
    expect(ledger.prices()).toEqual([{ rater: 'judge', usdPerCall: 0.02, maxUsdPerCall: 0.03, calls: 2 }]);
  });

  it('opens a task once, until everything is sealed again', () => {
    const ledger = new VoteLedger([score('judge', 'a', 1, 0.01)]);
    const [task] = ledger.offers('q');
    ledger.pay('q', task!);
    expect(ledger.offers('q')).toEqual([]);
    expect(() => ledger.pay('q', task!)).toThrow(/paid twice/);
    ledger.seal();
    expect(ledger.offers('q')).toEqual([task]);
  });

  it('keeps an unknown price unknown, and takes the unit price where one is given', () => {
    const votes = [score('judge', 'a', 1, 0.01), score('other', 'a', 2)];
    const unpriced = new VoteLedger(votes);
    expect(unpriced.prices()).toMatchObject([{ usdPerCall: 0.01 }, { usdPerCall: null }]);
    expect(unpriced.pay('q', unpriced.offers('q')[1]!).costUsd).toBeNull();
    const priced = new VoteLedger(votes, () => 0.5);
    expect(priced.pay('q', priced.offers('q')[1]!).costUsd).toBe(0.5);
  });

  it('offers the same tasks for any order of the votes', () => {
    const votes = [score('b', 'y', 1, 1), score('a', 'x', 2, 1), score('a', 'y', 3, 1), pair('x', 'y', 'x')];
    const backwards = new VoteLedger([...votes].reverse());
    expect(backwards.offers('q')).toEqual(new VoteLedger(votes).offers('q'));
  });
});
