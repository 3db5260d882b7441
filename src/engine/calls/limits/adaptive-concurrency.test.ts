import { describe, expect, it } from 'vitest';
import type { CallEnd } from '../../../ports/limiter.ts';
import { AdaptiveConcurrency, type Slot } from './adaptive-concurrency.ts';

const never = new AbortController().signal;
const good = (latencyMs = 500): CallEnd => ({ outcome: 'reply', tokens: 10, latencyMs });
const refused: CallEnd = { outcome: 'error', kind: 'rate' };

/** One round: as many calls as may be in flight, all ending the same way. @returns how many there were. */
async function round(concurrency: AdaptiveConcurrency, how: CallEnd): Promise<number> {
  const slots: Slot[] = [];
  const { limit } = concurrency;
  for (let n = 0; n < limit; n += 1) slots.push(await concurrency.enter(never));
  for (const slot of slots) slot.end(how);
  return limit;
}

describe('AdaptiveConcurrency', () => {
  it('doubles a round at first and stops at the configured limit', async () => {
    const concurrency = new AdaptiveConcurrency(20);
    const rounds = [];
    for (let n = 0; n < 5; n += 1) rounds.push(await round(concurrency, good()));
    expect(rounds).toEqual([4, 8, 16, 20, 20]);
  });

  it('backs off once for a round of refusals, then grows by one a round', async () => {
    const concurrency = new AdaptiveConcurrency(100);
    for (let n = 0; n < 4; n += 1) await round(concurrency, good());
    expect(await round(concurrency, refused)).toBe(64);
    const after = [];
    for (let n = 0; n < 4; n += 1) after.push(await round(concurrency, good()));
    expect(after).toEqual([44, 45, 46, 47]);
    expect(concurrency.describe()).toContain('reduced after a rate limit');
  });

  it('backs off when replies become much slower than usual', async () => {
    const concurrency = new AdaptiveConcurrency(64);
    for (let n = 0; n < 10; n += 1) await round(concurrency, good(500));
    expect(concurrency.limit).toBe(64);
    await round(concurrency, good(8000));
    expect(concurrency.limit).toBeLessThan(64);
  });

  it('ignores replies that are slow only for a fast server', async () => {
    const concurrency = new AdaptiveConcurrency(64);
    for (let n = 0; n < 10; n += 1) await round(concurrency, good(5));
    await round(concurrency, good(200));
    expect(concurrency.limit).toBe(64);
  });

  it('never exceeds its limit, and serves first come first served', async () => {
    const concurrency = new AdaptiveConcurrency(2);
    const first = await concurrency.enter(never);
    await concurrency.enter(never);
    const served: string[] = [];
    const third = concurrency.enter(never).then((slot) => {
      served.push('third');
      return slot;
    });
    const abort = new AbortController();
    const gone = concurrency.enter(abort.signal);
    const fourth = concurrency.enter(never).then(() => served.push('fourth'));
    abort.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    expect(served).toEqual([]);
    first.end(good());
    (await third).end(good());
    await fourth;
    expect(served).toEqual(['third', 'fourth']);
  });

  it('never falls below one', async () => {
    const concurrency = new AdaptiveConcurrency(4);
    for (let n = 0; n < 20; n += 1) await round(concurrency, refused);
    expect(concurrency.limit).toBe(1);
  });
});
