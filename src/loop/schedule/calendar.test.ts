import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Calendar } from './run-loop.ts';

const at = Date.parse('2026-03-04T12:00:10.000Z');

it('a scheduled time is due at its exact millisecond, and not before', () => {
  const calendar = new Calendar('*/10 * * * * *', 'UTC');
  expect(calendar.latest(at)).toBe(at);
  expect(calendar.latest(at - 1)).toBe(at - 10_000);
  expect(calendar.next(at)).toBe(at + 10_000);
  expect(calendar.next(at - 1)).toBe(at);
});

it('follows the daylight saving of its time zone', () => {
  const calendar = new Calendar('0 6 * * *', 'Europe/Berlin');
  // summer time begins on 2026-03-29
  expect(new Date(calendar.next(Date.parse('2026-03-28T00:00:00Z'))).toISOString()).toBe(
    '2026-03-28T05:00:00.000Z',
  );
  expect(new Date(calendar.next(Date.parse('2026-03-29T00:00:00Z'))).toISOString()).toBe(
    '2026-03-29T04:00:00.000Z',
  );
});

it('the latest time is never after now, and the next one always is', () => {
  const calendar = new Calendar('0 7 * * 1', 'UTC');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 * 86_400_000 }), (offset) => {
      const now = at + offset;
      const latest = calendar.latest(now)!;
      expect(latest).toBeLessThanOrEqual(now);
      expect(calendar.next(now)).toBeGreaterThan(now);
      expect(calendar.next(latest)).toBe(calendar.next(now));
    }),
    { numRuns: 50 },
  );
});
