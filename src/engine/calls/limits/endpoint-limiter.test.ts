import { describe, expect, it } from 'vitest';
import { type StrictServerOptions, traffic, worstSecond } from '../../../../test/support/strict-server.ts';
import { VirtualClock } from '../../../../test/support/virtual-clock.ts';
import type { Clock } from '../../../ports/clock.ts';
import { type Random, seededRandom } from '../../../stats/random.ts';
import { AdaptiveConcurrency } from './adaptive-concurrency.ts';
import { EndpointLimiter } from './endpoint-limiter.ts';

const minute = 60_000;
const never = new AbortController().signal;

async function against(
  server: Partial<StrictServerOptions>,
  limits: { rpm?: number; tpm?: number },
  lateness: (random: Random) => number = () => 0,
) {
  const clock = new VirtualClock();
  const random = seededRandom('late timers');
  const late: Clock = {
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(ms + lateness(random), signal),
  };
  const limiter = new EndpointLimiter(limits, new AdaptiveConcurrency(256), late);
  const options = {
    rpm: 1e9,
    tpm: 1e12,
    capacitySeconds: 1,
    latencyMs: [200, 2000],
    charges: 'use',
    ...server,
  } as const;
  return traffic(limiter, clock, options, { callers: 256, forMs: 3 * minute });
}

describe('EndpointLimiter against a server with strict token buckets', () => {
  it('uses at least 98 % of the allowed requests, evenly, and is hardly ever refused', async () => {
    const { startsMs, refused } = await against({ rpm: 3000 }, { rpm: 3000 });
    expect(startsMs.length).toBeGreaterThanOrEqual(0.98 * 3 * 3000);
    expect(refused / startsMs.length).toBeLessThan(0.005);
    expect(
      worstSecond(
        startsMs,
        startsMs.map(() => 1),
      ),
    ).toBeLessThanOrEqual(Math.ceil((3000 / 60) * 1.02));
  });

  it('does so on a busy machine too, whose timers wake up to 80 ms late', async () => {
    const lateness = (random: Random) => (random() < 0.2 ? 80 * random() : 2 * random());
    const { startsMs, refused } = await against({ rpm: 6000 }, { rpm: 6000 }, lateness);
    expect(startsMs.length).toBeGreaterThanOrEqual(0.98 * 3 * 6000);
    expect(refused / startsMs.length).toBeLessThan(0.005);
    expect(
      worstSecond(
        startsMs,
        startsMs.map(() => 1),
      ),
    ).toBeLessThanOrEqual(102);
  });

  it('uses at least 98 % of the allowed tokens where the server charges what is used', async () => {
    const tpm = 2_000_000;
    const { tokens, startsMs, refused } = await against({ tpm }, { tpm });
    expect(sum(tokens)).toBeGreaterThanOrEqual(0.98 * 3 * tpm);
    expect(refused / startsMs.length).toBeLessThan(0.005);
  });

  it('learns from a few refusals that a server charges what was allowed', async () => {
    const tpm = 2_000_000;
    const { tokens, startsMs, refused } = await against({ tpm, charges: 'allowance' }, { tpm });
    expect(sum(tokens)).toBeGreaterThanOrEqual(0.95 * 3 * tpm);
    expect(refused).toBeGreaterThan(0);
    expect(refused / startsMs.length).toBeLessThan(0.005);
  });

  it('pauses as long as the server asks, and reports it', async () => {
    const clock = new VirtualClock();
    const limiter = new EndpointLimiter({}, new AdaptiveConcurrency(8), clock);
    const first = await limiter.enter(10, never);
    first.end({ outcome: 'error', kind: 'rate', retryAfterMs: 20_000 });
    let startedAt: number | null = null;
    const second = limiter.enter(10, never).then((permit) => {
      startedAt = clock.now();
      permit.end({ outcome: 'abandoned' });
    });
    await clock.run(5000);
    expect(limiter.waiting()).toBe('the provider asked to wait 15.0 s more');
    await clock.run(19_999);
    expect(startedAt).toBeNull();
    await clock.run(20_000);
    await second;
    expect(startedAt).toBe(20_000);
    expect(limiter.waiting()).toBeNull();
  });

  it('releases an aborted caller and serves the next one', async () => {
    const clock = new VirtualClock();
    const limiter = new EndpointLimiter({ rpm: 60 }, new AdaptiveConcurrency(8), clock);
    (await limiter.enter(10, never)).end({ outcome: 'abandoned' });
    const abort = new AbortController();
    const gone = limiter.enter(10, abort.signal);
    const next = limiter.enter(10, never);
    await clock.run(100);
    expect(limiter.waiting()).toBe('2 queued for 60 requests a minute, the next in 0.9 s');
    abort.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    await clock.run(1100);
    await next;
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
