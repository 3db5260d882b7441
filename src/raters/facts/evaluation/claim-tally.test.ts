import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClaimOutcome, ClaimTally } from './claim-tally.ts';
import { precisionOf } from './precision.ts';
import { type ClaimLabel, claimLabels, type KnownClaim } from './read-known-claims.ts';

const known = (id: number, label: ClaimLabel, cluster: string | null = null): KnownClaim => ({
  id: String(id),
  label,
  set: 's',
  cluster,
});

describe('ClaimTally', () => {
  it('counts what was right, with and without the quote check, and what was not read', () => {
    const tally = new ClaimTally({ judge: true });
    tally.add(known(1, 'supported'), { verdict: 'supported' });
    tally.add(known(2, 'unverifiable'), { verdict: 'supported' });
    tally.add(known(3, 'refuted'), { verdict: 'refuted' });
    tally.add(known(4, 'not-supported'), { verdict: 'refuted' });
    tally.add(known(5, 'supported'), { verdict: 'unverifiable', said: 'refuted' });
    tally.add(known(6, 'supported'), { verdict: 'unverifiable', said: null });
    tally.add(known(7, 'supported'), { verdict: 'not-a-claim' });
    tally.add(known(8, 'supported'), { unread: 'abstain', reason: 'refused' });
    tally.add(known(9, 'supported'), { unread: 'error', reason: 'timeout' });
    const { all, unread } = tally.report();
    expect(all).toMatchObject({
      claims: 9,
      clusters: null,
      supported: { claims: 2, right: 1, precision: 0.5, method: 'wilson' },
      refuted: { claims: 2, right: 2, precision: 1, method: 'rule of three' },
      as_said: { supported: { claims: 2, right: 1 }, refuted: { claims: 3, right: 2 } },
      unverifiable: 2,
      without_quote: 1,
      without_entry: 1,
      not_a_claim: 1,
      abstained: 1,
      errors: 1,
      true_claims: 6,
      coverage: 1 / 6,
      false_claims: 2,
      false_refuted: 1,
    });
    expect(unread).toEqual({ refused: 1, timeout: 1 });
  });

  it('knows no share of nothing', () => {
    expect(new ClaimTally({ judge: false }).report().all).toMatchObject({
      claims: 0,
      supported: { precision: null, interval: null },
      as_said: null,
      unverifiable_share: null,
      coverage: null,
    });
  });

  const outcome: fc.Arbitrary<ClaimOutcome> = fc.oneof(
    fc
      .constantFrom('supported', 'refuted', 'unverifiable', 'not-a-claim')
      .map((verdict) => ({ verdict }) as ClaimOutcome),
    fc.constantFrom('abstain', 'error').map((unread) => ({ unread, reason: 'r' }) as ClaimOutcome),
  );
  it('every claim is counted once, and no interval leaves its share out', () => {
    const claim = fc.tuple(fc.constantFrom(...claimLabels), fc.constantFrom(null, 'a', 'b', 'c'), outcome);
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 40 }), (claims) => {
        const tally = new ClaimTally({ judge: false });
        for (const [id, [label, cluster, one]] of claims.entries()) tally.add(known(id, label, cluster), one);
        const { all } = tally.report();
        const { supported, refuted } = all;
        const read = supported.claims + refuted.claims + all.unverifiable + all.not_a_claim;
        expect(read + all.abstained + all.errors).toBe(claims.length);
        for (const { precision, interval } of [supported, refuted]) {
          if (precision === null || interval === null) continue;
          expect(interval.low).toBeLessThanOrEqual(precision);
          expect(interval.high).toBeGreaterThanOrEqual(precision);
        }
      }),
    );
  });
});

describe('precisionOf', () => {
  it('counts clusters where all are right: three claims of one person are one cluster', () => {
    const clusters = Array.from({ length: 30 }, () => ({ right: 3, all: 3 }));
    expect(precisionOf(clusters)).toMatchObject({ method: 'rule of three', interval: { low: 0.9, high: 1 } });
  });

  it('draws clusters again where some are wrong: wider than if every claim stood for itself', () => {
    const clusters = Array.from({ length: 20 }, (_unused, index) => ({ right: index < 2 ? 0 : 10, all: 10 }));
    const { method, interval } = precisionOf(clusters);
    const alone = precisionOf(
      clusters.flatMap(({ right }) => Array.from({ length: 10 }, () => ({ right: right / 10, all: 1 }))),
    );
    expect([method, alone.method]).toEqual(['cluster bootstrap', 'wilson']);
    expect(interval!.high - interval!.low).toBeGreaterThan(
      1.5 * (alone.interval!.high - alone.interval!.low),
    );
  });

  it('has no interval for one cluster', () => {
    expect(precisionOf([{ right: 3, all: 4 }])).toMatchObject({ precision: 0.75, interval: null });
  });
});
