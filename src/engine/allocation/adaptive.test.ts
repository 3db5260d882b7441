import { describe, expect, it } from 'vitest';
import { syntheticVotes } from '../../../test/support/synthetic-votes.ts';
import type { PointwiseVote, Vote } from '../../domain/vote.ts';
import type { ItemAllocation, ItemEstimate, OfferedTask } from '../../ports/allocation.ts';
import { creditOf } from '../simulate/score-simulation.ts';
import { type SimulatedItem, simulate } from '../simulate/simulate.ts';
import { adaptiveAllocation } from './adaptive.ts';
import { fixedAllocation } from './fixed.ts';
import { VoteLedger } from './vote-ledger.ts';

const { votes, best } = syntheticVotes(200, 3);

function accuracy(outcomes: readonly SimulatedItem[]): number {
  return outcomes.reduce((sum, one) => sum + creditOf(one.best, [best.get(one.item)!]), 0) / outcomes.length;
}

describe('adaptiveAllocation', () => {
  it('is more accurate than the fixed plan for the same money, and never spends more than allowed', () => {
    const ledger = new VoteLedger(votes);
    const items = ledger.items();
    const fixed = simulate({ ledger, items, allocation: fixedAllocation({ usdPerItem: 0.012 }), seed: 1 });
    const allocation = adaptiveAllocation({ usdPerItem: 0.012, items: items.length });
    const adaptive = simulate({ ledger, items, allocation, seed: 1, usdPerItem: 0.012 });
    const usd = adaptive.reduce((sum, one) => sum + one.usd!, 0) / items.length;
    expect(usd).toBeLessThanOrEqual(0.012);
    expect(usd).toBeGreaterThan(0.95 * 0.012);
    expect(accuracy(adaptive)).toBeGreaterThan(accuracy(fixed) + 0.02);
  });

  it('stops an item once its probability of error is below the target', () => {
    const ledger = new VoteLedger(votes);
    const lines = simulate({
      ledger,
      items: ledger.items(),
      allocation: adaptiveAllocation({ targetError: 0.1 }),
      seed: 1,
    });
    const decided = lines.filter(({ probability }) => probability > 0.9);
    const undecided = lines.filter((line) => !decided.includes(line));
    expect(decided.length).toBeGreaterThan(0.7 * lines.length);
    expect(decided.filter(({ calls }) => calls <= 12).length).toBeGreaterThan(0.5 * decided.length);
    // What stays open was asked of everybody, about the close candidates at least.
    expect(Math.min(...undecided.map(({ calls }) => calls))).toBeGreaterThanOrEqual(12);
  });

  it('decides the same for any order in which the items of two neighbouring blocks finish', () => {
    const inTurn = play((open) => open[0]!);
    expect(play((open) => open.at(-1)!)).toEqual(inTurn);
    expect(play((open) => open[Math.floor(open.length / 2)]!)).toEqual(inTurn);
    expect(new Set(inTurn.map(({ calls }) => calls)).size).toBeGreaterThan(3);
  });

  it('asks a rule first and pays nothing where it vetoes all but one', () => {
    const rule = (candidate: string, veto: boolean): Vote => ({
      item: 'q',
      rater: 'no-code',
      rater_kind: 'rule',
      kind: 'pointwise',
      candidate,
      outcome: 'verdict',
      score: veto ? 0 : 1,
      scale: [0, 1],
      veto,
    });
    const score = (candidate: string): PointwiseVote => ({
      item: 'q',
      rater: 'judge',
      rater_kind: 'llm',
      kind: 'pointwise',
      candidate,
      outcome: 'verdict',
      score: 5,
      cost_usd: 1,
    });
    const ledger = new VoteLedger([rule('a', true), rule('b', false), score('a'), score('b')]);
    const [line] = simulate({ ledger, items: ['q'], allocation: adaptiveAllocation(), seed: 0 });
    expect(line).toMatchObject({ best: ['b'], probability: 1, calls: 0, usd: 0 });
  });

  it('keeps to the cap of calls', () => {
    const ledger = new VoteLedger(votes);
    const allocation = adaptiveAllocation({ targetError: 0.001, maxCallsPerItem: 7 });
    const lines = simulate({ ledger, items: ledger.items().slice(0, 30), allocation, seed: 1 });
    expect(Math.max(...lines.map(({ calls }) => calls))).toBeLessThanOrEqual(7);
  });
});

/** Runs items side by side, as far as the allocation lets them begin, one round at a time of the item that is picked. */
function play(pick: (open: readonly number[]) => number): (ItemEstimate & { calls: number })[] {
  const ledger = new VoteLedger(votes);
  const ids = ledger.items().slice(0, 60);
  const allocation = adaptiveAllocation({ usdPerItem: 0.012, items: ids.length });
  const asking = new Map<number, ItemAllocation>();
  const done = new Map<number, ItemEstimate & { calls: number }>();
  const calls = new Map<number, number>();
  let begun = 0;
  while (done.size < ids.length) {
    while (begun < ids.length && ids.slice(0, allocation.waitsFor(begun)).every((_, i) => done.has(i))) {
      const id = ids[begun]!;
      const candidates = ['a', 'b', 'c', 'd'].map((candidate) => ({ id: candidate, text: null }));
      const offers: OfferedTask[] = ledger.offers(id);
      asking.set(begun, allocation.begin({ id, prompt: null, candidates }, begun, offers));
      begun += 1;
    }
    const index = pick([...asking.keys()]);
    const item = asking.get(index)!;
    const round = item.next();
    for (const task of round) {
      const paid = ledger.pay(ids[index]!, task);
      calls.set(index, (calls.get(index) ?? 0) + paid.calls);
      item.record(task, paid.votes, paid.costUsd);
    }
    if (round.length > 0) continue;
    done.set(index, { ...item.posterior(), calls: calls.get(index) ?? 0 });
    asking.delete(index);
  }
  return ids.map((_, index) => done.get(index)!);
}
