import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { quickPattern } from './check-regex.ts';

const piece = fc.constantFrom(
  'a',
  'B',
  'é',
  'ß',
  'K',
  '1',
  ' ',
  '-',
  '\\b',
  '\\d',
  '\\w',
  '\\.',
  '\\B',
  '\\D',
  '[a-c]',
  '[0-9A]',
  '|',
  'a{2}',
  '\\d{3}',
);
const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'A',
    'b',
    'B',
    'c',
    'é',
    'É',
    'ß',
    'k',
    'K',
    '1',
    '2',
    ' ',
    '-',
    '.',
    '\n',
    '🎉',
  ),
});

describe('quickPattern', () => {
  it('finds what RE2 finds', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        text,
        (pieces, ignoreCase, subject) => {
          const source = `${ignoreCase ? '(?i)' : ''}${pieces.join('')}`;
          const quick = quickPattern(source);
          if (quick === null) return;
          expect(quick.test(subject)).toBe(RE2JS.compile(source).test(subject));
        },
      ),
      { numRuns: 3000, seed: 1 },
    );
  });

  it.each(['a+', '(a|b)', 'a.*b', '\\s', '[^a]', '^a', 'a?', '(?s)a', '\\pL', 'a{1,3}', '\\b{2}'])(
    'leaves %s to RE2',
    (source) => {
      expect(quickPattern(source)).toBeNull();
    },
  );
});
