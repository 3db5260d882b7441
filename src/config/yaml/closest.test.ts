import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closest, editDistance } from './closest.ts';

test.each([
  ['provder', 'provider'],
  ['baseurl', 'base_url'],
  ['base-url', 'base_url'],
  ['Provider', 'provider'],
  ['keyenv', 'key_env'],
  ['colour', undefined],
])('%s: did you mean %s?', (written, meant) => {
  expect(closest(written, ['provider', 'base_url', 'key_env', 'model'])).toBe(meant);
});

const word = fc.string({ maxLength: 8 });

test('the edit distance is symmetric, zero only for equal words, and at most the longer length', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test('a transposition counts once', () => {
  expect(editDistance('sede', 'seed')).toBe(1);
});
