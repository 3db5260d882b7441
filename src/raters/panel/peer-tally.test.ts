import { describe, expect, it } from 'vitest';
import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { PeerTally } from './peer-tally.ts';

const item: Item = {
  id: 'i',
  prompt: 'p',
  candidates: [
    { id: 'a', text: '1', model: 'gpt-4' },
    { id: 'b', text: '2', model: 'claude-3' },
    { id: 'c', text: '3' },
  ],
};
const score = (rater: string, candidate: string, value: number): Vote => ({
  item: 'i',
  rater,
  rater_kind: 'llm',
  kind: 'pointwise',
  candidate,
  outcome: 'verdict',
  score: value,
});

describe('the matrix of peers', () => {
  it('says what each judge thinks of each author', () => {
    const tally = new PeerTally();
    const pair = { item: 'i', rater: 'j', rater_kind: 'llm', kind: 'pairwise', shown: ['a', 'b'] } as const;
    tally.add(item, [
      { ...pair, outcome: 'verdict', preferred: 'a' },
      { ...pair, outcome: 'tie' },
      { ...pair, outcome: 'abstain', reason: 'refused' },
    ]);
    expect(tally.rows()).toMatchObject([
      {
        judge: 'j',
        generosity: null,
        cells: [
          { author: 'claude-3', compared: 2, win_rate: 0.25 },
          { author: 'gpt-4', compared: 2, win_rate: 0.75 },
        ],
      },
    ]);
  });

  it('takes a judge’s generosity out of its scores, whoever it was asked about', () => {
    const tally = new PeerTally();
    // The kind judge gives two more than the strict one to whatever both have scored.
    tally.add(item, [
      score('kind', 'a', 5),
      score('strict', 'a', 3),
      score('kind', 'b', 4),
      score('strict', 'b', 2),
    ]);
    const [kind, strict] = tally.rows();
    expect([kind!.generosity, strict!.generosity]).toEqual([1, -1]);
    expect(kind!.cells.map(({ adjusted_score }) => adjusted_score)).toEqual(
      strict!.cells.map(({ adjusted_score }) => adjusted_score),
    );
  });

  it('leaves out responses whose author is not known', () => {
    const tally = new PeerTally();
    tally.add(item, [score('j', 'c', 5)]);
    expect(tally.rows()).toEqual([]);
  });
});
