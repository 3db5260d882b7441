import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeReading } from '../../domain/row-map.ts';
import { readTime } from './read-time.ts';

const plain: TimeReading = { zone: null, dates: 'ymd' };
const us: TimeReading = { zone: 'America/New_York', dates: 'mdy' };
const berlin: TimeReading = { zone: 'Europe/Berlin', dates: 'dmy' };

describe('readTime', () => {
  it.each<[unknown, TimeReading, string]>([
    ['2026-05-28T09:10:00Z', plain, '2026-05-28T09:10:00.000Z'],
    ['2026-05-28 09:10:00.1234+02', plain, '2026-05-28T07:10:00.123Z'],
    ['2026-05-28 09:10:00+00', plain, '2026-05-28T09:10:00.000Z'],
    ['2026-05-28 09:10:00 UTC', plain, '2026-05-28T09:10:00.000Z'],
    ['2026-05-28T09:10:00-0530', plain, '2026-05-28T14:40:00.000Z'],
    ['Thu May 28 09:10:00 PDT 2026', plain, '2026-05-28T16:10:00.000Z'],
    ['Thu, 28 May 2026 09:10:00 GMT', plain, '2026-05-28T09:10:00.000Z'],
    [1682351591.1322, plain, '2023-04-24T15:53:11.132Z'],
    ['1682351591', plain, '2023-04-24T15:53:11.000Z'],
    [1682351591132, plain, '2023-04-24T15:53:11.132Z'],
    [1682351591132000, plain, '2023-04-24T15:53:11.132Z'],
    ['2026-05-28 09:10', us, '2026-05-28T13:10:00.000Z'],
    ['5/28/2026 9:10 AM', us, '2026-05-28T13:10:00.000Z'],
    ['5/28/2026, 9:10:00 PM', us, '2026-05-29T01:10:00.000Z'],
    ['1/5/2026 12:00 AM', us, '2026-01-05T05:00:00.000Z'],
    ['28.05.2026 09:10', berlin, '2026-05-28T07:10:00.000Z'],
    ['28/01/2026', berlin, '2026-01-27T23:00:00.000Z'],
    ['2026-05-28', { zone: 'UTC', dates: 'ymd' }, '2026-05-28T00:00:00.000Z'],
  ])('%s', (value, reading, at) => {
    expect(readTime(value, reading)).toEqual({ at });
  });

  it.each<[unknown, RegExp]>([
    ['2026-05-28 09:10:00', /no offset: add zone/],
    ['5/28/2026 9:10', /dates: mdy/],
    ['2026-02-30T00:00:00Z', /not a time/],
    ['yesterday', /not a time/],
    [true, /not a time/],
    [null, /not a time/],
    [1e300, /not a time/],
  ])('refuses %s and says why', (value, message) => {
    expect(readTime(value, plain)).toEqual({ problem: expect.stringMatching(message) });
  });

  it('gives back every instant that its zone can show', () => {
    const zones = fc.constantFrom('America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
    // 2001 to 2040, away from the hour that clocks repeat
    fc.assert(
      fc.property(zones, fc.integer({ min: 1e12, max: 2.2e12 }), (zone, ms) => {
        const whole = Math.floor(ms / 1000) * 1000;
        const wall = new Date(whole).toLocaleString('sv-SE', { timeZone: zone });
        const read = readTime(wall, { zone, dates: 'ymd' });
        expect('at' in read && Math.abs(Date.parse(read.at) - whole)).toBeLessThanOrEqual(3_600_000);
        expect('at' in read && new Date(read.at).toLocaleString('sv-SE', { timeZone: zone })).toBe(wall);
      }),
    );
  });
});
