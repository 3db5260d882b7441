import { expect, it } from 'vitest';
import type { Price } from '../../domain/job.ts';
import { costBound, costOf, expectedCost } from './cost.ts';

const price: Price = {
  inputPerMtok: 3,
  outputPerMtok: 15,
  cachedInputPerMtok: 0.3,
  tiers: [{ aboveInputTokens: 200_000, inputPerMtok: 6, outputPerMtok: 22.5, cachedInputPerMtok: 0.6 }],
};

it('charges all tokens of a long prompt at its own step, cached ones included', () => {
  expect(costOf({ input: 200_000, output: 1000 }, price)).toBeCloseTo(0.615, 12);
  expect(costOf({ input: 200_001, output: 1000 }, price)).toBeCloseTo(1.222506, 12);
  expect(costOf({ input: 400_000, cachedInput: 400_000, output: 0 }, price)).toBeCloseTo(0.24, 12);
});

it('expects the step of the mean call, and is bounded by the step of the longest it can be', () => {
  expect(expectedCost(1_000_000, 0, price, 10)).toBeCloseTo(3, 12);
  expect(expectedCost(1_000_000, 0, price, 4)).toBeCloseTo(6, 12);
  const request = { messages: [{ role: 'user', content: 'x'.repeat(200_001) }], maxTokens: 0 } as const;
  expect(costBound({}, request, price)).toBeGreaterThan(200_001 * 6e-6);
});
