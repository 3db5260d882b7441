import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableText } from './readable-text.ts';

const units = fc.constantFrom(
  'a',
  'é',
  'e\u0301',
  '\u200b',
  '\u00ad',
  '４',
  '\u3000',
  '👍',
  '\ud800',
  '\u0301',
  '吾',
  ' ',
);

describe('readableText', () => {
  it('shows what a reader sees', () => {
    expect(readableText('bo\u200bb\u00ad@４２\u3000cafe\u0301').text).toBe('bob@42 café');
  });

  it('leaves a plain text as it is', () => {
    expect(readableText('für 猫 👍').text).toBe('für 猫 👍');
  });

  it('says where a stretch was written', () => {
    const written = 'x s\u200be\u200bcre\u0301t y';
    const { text, spanIn } = readableText(written);
    const at = text.indexOf('secrét');
    const { start, end } = spanIn(at, at + 6);
    expect(written.slice(start, end)).toBe('s\u200be\u200bcre\u0301t');
  });

  it('keeps every stretch inside the text, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: units, maxLength: 30 }), (written) => {
        const { text, spanIn } = readableText(written);
        for (let at = 0; at < text.length; at += 1) {
          const { start, end } = spanIn(at, at + 1);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(written.length);
          expect(readableText(written.slice(start)).text.startsWith(text.slice(at, at + 1))).toBe(true);
        }
      }),
      { seed: 1 },
    );
  });
});
