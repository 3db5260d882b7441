import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endpointTo,
  items,
  memberOf,
  pairJudge,
  providerError,
  runOver,
  scriptedModel,
  textReply,
  votesIn,
} from '../../../test/support/run-parts.ts';
import { BudgetError } from '../../domain/errors.ts';
import type { Price } from '../../domain/job.ts';
import { MemoryStore, newMemoryState } from '../../store/memory/memory-store.ts';
import { Budget, type BudgetLimits } from './budget.ts';

const none: BudgetLimits = { maxUsd: null, perItemUsd: null, raterBudgets: new Map() };
const nothing = { raters: [], forfeits: [] };
const payer = { rater: 'gpt', item: 'i1' };

async function open(limits: Partial<BudgetLimits>): Promise<Budget> {
  const store = new MemoryStore();
  await store.claim('test');
  return new Budget('test', store, { ...none, ...limits }, nothing);
}

describe('a budget', () => {
  it('refuses a call that could exceed the limit', async () => {
    const budget = await open({ maxUsd: 1 });
    const first = await budget.reserve(payer, 1);
    budget.book(payer, first, 0.75);
    await expect(budget.reserve(payer, 0.5)).rejects.toThrow(BudgetError);
    expect((await budget.reserve(payer, 0.25)).usd).toBe(0.25);
  });

  it('waits while calls in flight may release money, then decides', async () => {
    const budget = await open({ maxUsd: 1 });
    const first = await budget.reserve(payer, 0.75);
    const second = budget.reserve(payer, 0.5);
    const third = budget.reserve(payer, 2);
    third.catch(() => {});
    expect(budget.waiting()).toMatch(/^2 waiting/);
    budget.book(payer, first, 0.25);
    expect((await second).usd).toBe(0.5);
    budget.book(payer, await second, 0.5);
    await expect(third).rejects.toThrow(/the budget of the run is reached: \$0.7500 of \$1 is spent/);
  });

  it('keeps the limits of raters and items apart', async () => {
    const budget = await open({
      perItemUsd: 1,
      raterBudgets: new Map([['gpt', { name: 'gpt', limitUsd: 2 }]]),
    });
    await budget.reserve({ rater: 'gpt', item: 'i1' }, 1);
    await budget.reserve({ rater: 'gpt', item: 'i2' }, 1);
    await budget.reserve({ rater: 'claude', item: 'i3' }, 1);
    const more = budget.reserve({ rater: 'gpt', item: 'i4' }, 0.5);
    expect(budget.waiting()).not.toBeNull();
    void more;
  });

  it('never has more spent and in flight than the limit, for any order of events', async () => {
    const step = fc.record({
      usd: fc.double({ min: 0, max: 0.4, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      ends: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const budget = await open({ maxUsd: 1 });
        let spent = 0;
        let held = 0;
        const flying: (() => void)[] = [];
        for (const { usd, share, ends } of steps) {
          void budget.reserve(payer, usd).then(
            (reservation) => {
              held += usd;
              expect(spent + held).toBeLessThanOrEqual(1 + 1e-9);
              flying.push(() => {
                held -= usd;
                spent += usd * share;
                budget.book(payer, reservation, usd * share);
              });
            },
            (error: unknown) => expect(error).toBeInstanceOf(BudgetError),
          );
          await Promise.resolve();
          await Promise.resolve();
          for (const land of flying.splice(0, ends)) land();
          await Promise.resolve();
        }
      }),
    );
  });
});

describe('a run under a budget', () => {
  // 10 tokens in and 1 out: $0.011 a call; the bound of a call is some $0.10
  const price: Price = { inputPerMtok: 1000, outputPerMtok: 1000 };

  it('stops at the limit, keeps its votes, and continues when the limit is raised', async () => {
    const state = newMemoryState();
    const model = scriptedModel();
    const panel = [memberOf(pairJudge('gpt'), endpointTo(model, price))];
    const go = async (maxUsd: number) => {
      const store = new MemoryStore(state);
      const end = await runOver({ store, panel, budget: { maxUsd, perItemUsd: null } });
      const { raters } = await store.spending('test');
      await store.close();
      return { refused: end.refused?.scope ?? null, usd: raters[0]?.usd ?? 0, calls: end.calls };
    };
    const first = await go(0.2);
    expect(first.refused).toBe('run');
    expect(first.usd).toBeGreaterThan(0);
    expect(first.usd).toBeLessThanOrEqual(0.2);
    expect(await go(0.2)).toMatchObject({ refused: 'run', calls: 0 });
    const last = await go(10);
    expect(last).toMatchObject({ refused: null, calls: 20 - first.calls });
    expect(model.asked).toHaveLength(20);
  });

  it('refuses a budget for a model whose price is unknown', async () => {
    const panel = [memberOf(pairJudge('gpt'), endpointTo(scriptedModel(), null))];
    await expect(runOver({ panel, budget: { maxUsd: 1, perItemUsd: null } })).rejects.toThrow(
      /price of openai\/scripted \(rater "gpt"\) is not known/,
    );
  });

  it('lets the other raters finish when one has spent its own budget', async () => {
    const store = new MemoryStore();
    const poor = memberOf(pairJudge('poor'), endpointTo(scriptedModel(), price), 0.25);
    const rich = memberOf(pairJudge('rich'), endpointTo(scriptedModel(), price));
    const end = await runOver({ store, panel: [poor, rich] });
    const votes = await votesIn(store);
    const of = (rater: string) => votes.filter((vote) => vote.rater === rater).length;
    expect(of('rich')).toBe(20);
    expect(of('poor')).toBeGreaterThan(0);
    expect(of('poor')).toBeLessThan(20);
    expect(end.refused?.scope).toBe('rater');
    expect(end.missing.get('poor')).toBe(10 - of('poor') / 2);
  });

  it('stops an item at the limit of an item, and goes on with the next', async () => {
    const store = new MemoryStore();
    const panel = ['one', 'two', 'three'].map((id) =>
      memberOf(pairJudge(id), endpointTo(scriptedModel(), price)),
    );
    const end = await runOver({ store, panel, budget: { maxUsd: null, perItemUsd: 0.23 } });
    const votes = await votesIn(store);
    expect(end.refused?.scope).toBe('item');
    for (const item of items(10)) {
      const spent = votes
        .filter((vote) => vote.item === item.id)
        .reduce((sum, vote) => sum + (vote.cost_usd ?? 0), 0);
      expect(spent).toBeGreaterThan(0);
      expect(spent).toBeLessThanOrEqual(0.23);
    }
  });

  it('begins no task whose second order it could not pay, and names the limit', async () => {
    const store = new MemoryStore();
    const model = scriptedModel();
    // one call may cost 0.1, both orders 0.2
    const panel = [memberOf(pairJudge('gpt'), endpointTo(model, price))];
    const end = await runOver({ store, panel, budget: { maxUsd: null, perItemUsd: 0.15 } });
    expect(model.asked).toEqual([]);
    expect(end.missing.get('gpt')).toBe(10);
    expect(end.refused?.hint).toMatch(/per_item_usd.*\(now \$0\.15\) to at least \$0\.2/);
  });

  it('pays for whole tasks only, however many compete for the last money', async () => {
    for (const maxUsd of [0.25, 0.45, 0.7]) {
      const store = new MemoryStore();
      const model = scriptedModel();
      const panel = ['one', 'two'].map((id) => memberOf(pairJudge(id), endpointTo(model, price)));
      await runOver({ store, panel, budget: { maxUsd, perItemUsd: null } });
      const { raters } = await store.spending('test');
      expect(model.asked).toHaveLength((await votesIn(store)).length);
      expect(model.asked.length).toBeGreaterThan(0);
      expect(raters.reduce((sum, { usd }) => sum + usd, 0)).toBeLessThanOrEqual(maxUsd);
    }
  });

  it('counts a call without a known outcome as spent', async () => {
    const store = new MemoryStore();
    let fails = true;
    const model = scriptedModel(() => {
      if (fails) {
        fails = false;
        throw providerError('timeout');
      }
      return textReply('A');
    });
    const panel = [memberOf(pairJudge('gpt'), endpointTo(model, price))];
    await runOver({ store, panel, concurrency: 1, budget: { maxUsd: 10, perItemUsd: null } });
    const { forfeits } = await store.spending('test');
    expect(forfeits).toHaveLength(1);
    expect(forfeits[0]!.usd).toBeGreaterThan(0.05);
  });
});
