import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorKind, providerErrorKinds } from '../../../domain/provider-error.ts';
import { seededRandom } from '../../../stats/random.ts';
import { retryPolicy } from './retry-policy.ts';

function failure(kind: ProviderErrorKind, retryAfterMs?: number): ProviderError {
  const details = { provider: 'p', model: 'm', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return new ProviderError(kind, 'failed', details);
}

describe('retryPolicy', () => {
  it.each(['auth', 'quota', 'content_filter', 'context_too_long', 'bad_request'] as const)(
    'never retries %s',
    (kind) => expect(retryPolicy(seededRandom(1))(failure(kind, 1000), 1)).toBeNull(),
  );

  it('never retries what every call would repeat, and an internal error less often than a busy server', () => {
    const details = { provider: 'p', model: 'm' };
    const tries = (error: ProviderError) =>
      [1, 2, 3, 4, 5, 6, 7, 8].filter((n) => retryPolicy(seededRandom(1))(error, n) !== null).length + 1;
    expect(tries(new ProviderError('network', 'certificate', { ...details, permanent: true }))).toBe(1);
    expect(tries(new ProviderError('overloaded', 'internal error', { ...details, status: 500 }))).toBe(4);
    expect(tries(new ProviderError('overloaded', 'busy', { ...details, status: 503 }))).toBe(8);
  });

  it('doubles its waits, at least half of each, up to a minute', () => {
    const retry = retryPolicy(() => 0);
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((failures) => retry(failure('rate'), failures));
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(retryPolicy(() => 1)(failure('rate'), 1)).toBe(500);
  });

  it('obeys Retry-After, unless it asks for longer than a run waits', () => {
    const retry = retryPolicy(seededRandom(1));
    expect(retry(failure('rate', 7000), 1)).toBeGreaterThanOrEqual(7000);
    expect(retry(failure('rate', 7000), 1)).toBeLessThan(7100);
    expect(retry(failure('rate', 3_600_000), 1)).toBeNull();
  });

  it('gives every kind up in the end, and waits the same way under the same seed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...providerErrorKinds),
        fc.integer(),
        fc.option(fc.nat(60_000)),
        (kind, seed, after) => {
          const waits = () => {
            const retry = retryPolicy(seededRandom(seed));
            return Array.from({ length: 12 }, (_, n) => retry(failure(kind, after ?? undefined), n + 1));
          };
          const first = waits();
          expect(first.at(-1)).toBeNull();
          expect(waits()).toEqual(first);
        },
      ),
    );
  });
});
