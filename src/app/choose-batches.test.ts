import { expect, it } from 'vitest';
import { endpointTo, memberOf, pairJudge, scriptedModel } from '../../test/support/run-parts.ts';
import type { RunPlan } from '../engine/run/plan.ts';
import { chooseBatches } from './choose-batches.ts';

const batching = endpointTo(Object.assign(scriptedModel(), { batch: { priceShare: 0.5 } }));
const small = endpointTo(Object.assign(scriptedModel(), { batch: { priceShare: 0.5 } }));
const live = endpointTo(scriptedModel());
const members = [
  memberOf(pairJudge('one'), batching),
  memberOf(pairJudge('two'), batching),
  memberOf(pairJudge('three'), small),
  memberOf(pairJudge('four'), live),
];
const plan = {
  raters: [600, 400, 999, 5000].map((calls) => ({ calls, lowUsd: 1, highUsd: 2 })),
} as unknown as RunPlan;
const choose = (mode: 'live' | 'batch' | 'auto') => chooseBatches({ mode, concurrency: 32 }, members, plan);

it('calls synchronously by default', () => {
  expect(choose('live')).toMatchObject({ concurrency: 32, live: [], plan });
  expect(choose('live').endpoints.size).toBe(0);
});

it('puts everything into batches that can be, and names who cannot', () => {
  const chosen = choose('batch');
  expect([...chosen.endpoints]).toEqual([batching, small]);
  expect(chosen.live).toEqual(['four']);
  expect(chosen.concurrency).toBeGreaterThan(1000);
  expect(chosen.plan.raters.map(({ highUsd }) => highUsd)).toEqual([1, 1, 1, 2]);
});

it('batches endpoints with many calls in auto mode, summed over their raters', () => {
  const chosen = choose('auto');
  expect([...chosen.endpoints]).toEqual([batching]);
  expect(chosen.live).toEqual([]);
});
