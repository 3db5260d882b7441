import { describe, expect, it } from 'vitest';
import { endpointTo, scriptedModel } from '../../../test/support/run-parts.ts';
import type { RaterTask } from '../../ports/rater.ts';
import { taskCost } from './task-cost.ts';

const at = (usd: number | null) =>
  endpointTo(scriptedModel(), usd === null ? null : { inputPerMtok: usd, outputPerMtok: usd });
const task: RaterTask = {
  id: 'pair',
  candidates: ['a', 'b'],
  sample: 0,
  calls: 5,
  inputTokens: 1_000_000,
  outputTokens: 500_000,
  maxOutputTokens: 1_000_000,
  elsewhere: [
    { model: 'verifier', calls: 2, inputTokens: 300_000, outputTokens: 100_000, maxOutputTokens: 200_000 },
  ],
  shared: [{ rater: 'writer', task: 'prepare', calls: 1, inputTokens: 100_000, outputTokens: 100_000 }],
};
const others = (verifier: number | null, writer: number) =>
  new Map([
    ['verifier', at(verifier)],
    ['writer', at(writer)],
  ]);

describe('taskCost', () => {
  it('takes each call at the price of the model that it goes to', () => {
    // own: 0.6 M in, 0.3 M out; verifier: 0.4 M at 10; writer: 0.2 M at 100
    expect(taskCost(task, { endpoint: at(1), others: others(10, 100) })).toBeCloseTo(0.9 + 4 + 20);
  });

  it('counts the ceiling of the output, and leaves out what another task pays', () => {
    const shares = { input: 2, output: 'ceiling' } as const;
    const usd = taskCost(task, { endpoint: at(1), others: others(10, 100) }, shares, () => true);
    expect(usd).toBeCloseTo(1.2 + 1 + 10 * (0.6 + 0.2));
  });

  it('is unknown where one of the prices is', () => {
    expect(taskCost(task, { endpoint: at(1), others: others(null, 100) })).toBeNull();
    expect(taskCost(task, { endpoint: at(null), others: others(1, 1) })).toBeNull();
    expect(taskCost({ ...task, calls: 0 }, { endpoint: null, others: new Map() })).toBe(0);
  });
});
