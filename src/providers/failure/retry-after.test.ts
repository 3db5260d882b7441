import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-01-02T03:04:05Z');
const headers = (list: Readonly<Record<string, string>>) => ({ get: (name: string) => list[name] ?? null });

describe('retryAfterMs', () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    [{ 'retry-after': '20' }, 20_000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Fri, 02 Jan 2026 03:04:08 GMT' }, 3000],
    [{ 'retry-after': 'Fri, 02 Jan 2026 03:04:01 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-remaining-requests': '0' }, 1000],
    [{ 'x-ratelimit-reset-tokens': '6m0s', 'x-ratelimit-remaining-tokens': '0' }, 360_000],
    [{ 'x-ratelimit-reset-tokens': '6m0s', 'x-ratelimit-remaining-tokens': '90' }, undefined],
    [{ 'x-ratelimit-reset-tokens': '20ms', 'x-ratelimit-reset-requests': '2m59.5s' }, 179_500],
    [{ 'anthropic-ratelimit-input-tokens-reset': '2026-01-02T03:04:15Z' }, 10_000],
    [{ 'x-ratelimit-reset': String(now + 2000) }, 2000],
    [{ 'x-ratelimit-reset': String(now / 1000 + 7) }, 7000],
    [{ 'x-ratelimit-reset': '12' }, 12_000],
    [{ 'ratelimitbysize-reset': '12' }, 12_000],
    [{ ratelimit: 'limit=10, remaining=0, reset=30' }, 30_000],
    [{ ratelimit: '"default";r=0;t=5' }, 5000],
    [{ ratelimit: '"default";r=3;t=5' }, undefined],
  ])('reads the headers %j', (list, wait) => {
    expect(retryAfterMs({ headers: headers(list) }, now)).toBe(wait);
  });

  it.each<[string, number | undefined]>([
    ['Please try again in 1m2.5s.', 62_500],
    ['Please try again in 20ms. Visit the page of limits.', 20],
    ['Try again in 1h2m3s', 3_723_000],
    ['Please retry after 6 seconds.', 6000],
    ['Please retry in 2.2s.', 2200],
    ['try again in 5 minutes', 300_000],
    ['please wait 30 seconds before the next request', 30_000],
    ['Retry your request after 1 minute and 5 seconds', 65_000],
    ['You can try again in about 2 hours', 7_200_000],
    ['Model m is currently loading estimated_time: 20.5', 20_500],
    ['try again later', undefined],
    ['try again in a moment', undefined],
    ['Limit 30 seconds of audio', undefined],
  ])('reads the message "%s"', (text, wait) => {
    expect(retryAfterMs({ text }, now)).toBe(wait);
  });

  it('reads the delay in the body of Google', () => {
    const body = [{ error: { details: [{ '@type': 'google.rpc.RetryInfo', retryDelay: '2.5s' }] } }];
    expect(retryAfterMs({ body }, now)).toBe(2500);
  });

  it('reads headers that a gateway repeats in the body, whatever their case', () => {
    const inBody = (list: object) => ({ error: { metadata: { headers: list } } });
    expect(retryAfterMs({ body: inBody({ 'Retry-After': '4' }) }, now)).toBe(4000);
    expect(retryAfterMs({ body: inBody({ 'X-RateLimit-Reset': String(now + 1500) }) }, now)).toBe(1500);
  });
});
