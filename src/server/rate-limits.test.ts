import { expect, it } from 'vitest';
import { RateLimits } from './rate-limits.ts';

it('allows a burst of one minute, then the rate, per key', () => {
  const limits = new RateLimits();
  let now = 1_000_000;
  const take = (key: string) => limits.take(key, 6, now);
  expect(Array.from({ length: 8 }, () => take('a'))).toEqual([0, 0, 0, 0, 0, 0, 0, 10_000]);
  expect(take('b')).toBe(0);
  now += 10_000;
  expect([take('a'), take('a')]).toEqual([0, 10_000]);
  expect(limits.take('c', null, now)).toBe(0);
});

it('allows a large batch once, and delays the next request accordingly', () => {
  const limits = new RateLimits();
  expect(limits.take('a', 60, 0)).toBe(0);
  limits.owe('a', 599, 60, 0);
  expect(limits.take('a', 60, 0)).toBe(540_000);
});

it('keeps debts across generations, and drops idle keys', () => {
  const limits = new RateLimits();
  let now = 0;
  limits.owe('debtor', 600, 60, now);
  for (let minute = 0; minute < 8; minute += 1) {
    now += 60_001;
    expect(limits.take('debtor', 60, now)).toBeGreaterThan(0);
  }
  now += 120_002;
  expect(limits.take('debtor', 60, now)).toBe(0);
});
