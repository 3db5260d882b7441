import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLabelledSet } from '../../test/support/labelled-set.ts';
import { measureRecognisers, privacyTable } from '../../test/support/measure-recognisers.ts';
import type { SensitiveClass } from '../domain/sensitive.ts';
import { findSensitive } from './find-sensitive.ts';

const checksumClasses: readonly SensitiveClass[] = ['card', 'iban', 'uk_nhs', 'national_id'];

describe('findSensitive on the labelled set', () => {
  it('has at least 300 strings in 8 locales, half of them without findings', () => {
    const set = readLabelledSet();
    expect(set.length).toBeGreaterThanOrEqual(300);
    expect(new Set(set.map(({ locale }) => locale)).size).toBe(8);
    expect(set.filter(({ spans }) => spans.length === 0).length / set.length).toBeCloseTo(0.5, 1);
  });

  it.each([true, false])(
    'recall .97 and precision .95 where there is a checksum (region known: %s)',
    (region) => {
      const counts = measureRecognisers(region);
      for (const name of checksumClasses) {
        const { labelled, found, right } = counts.get(name)!;
        expect(labelled, name).toBeGreaterThanOrEqual(10);
        expect(right / labelled, `recall of ${name}`).toBeGreaterThanOrEqual(0.97);
        expect(right / found, `precision of ${name}`).toBeGreaterThanOrEqual(0.95);
      }
    },
  );

  it.each([true, false])(
    'reaches recall .9 and precision .9 for the other classes (region known: %s)',
    (region) => {
      for (const [name, { labelled, found, right }] of measureRecognisers(region)) {
        expect(right / labelled, `recall of ${name}`).toBeGreaterThanOrEqual(0.9);
        expect(right / found, `precision of ${name}`).toBeGreaterThanOrEqual(0.9);
      }
    },
  );
});

describe('bench/privacy.md', () => {
  it('states the measured values', () => {
    const page = readFileSync(new URL('../../bench/privacy.md', import.meta.url), 'utf8');
    expect(page).toContain(privacyTable());
  });
});

describe('findSensitive', () => {
  it('returns position, class, score and recogniser', () => {
    expect(findSensitive('Mail jo@example.org now')).toEqual([
      { class: 'email', start: 5, end: 19, text: 'jo@example.org', score: 0.95, recogniser: 'email' },
    ]);
  });

  it('uses context when a number alone is ambiguous', () => {
    expect(findSensitive('Lot X12345678 is sold')).toEqual([]);
    expect(findSensitive('Passport X12345678 is lost').map((span) => span.class)).toEqual(['passport']);
  });

  it('returns ordered spans inside the text that never overlap, for any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '4111 1111 1111 1111',
        'a@b.co',
        '+49 30 901820',
        'tel ',
        'GB82 WEST 1234 5698 7654 32',
        ' born 1.2.1990',
        'x@y.zz',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        let end = 0;
        for (const span of findSensitive(text)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.text).toBe(text.slice(span.start, span.end));
          end = span.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { seed: 1 },
    );
  });

  it.each(['1', '1 ', 'a@', 'a.', '::', '-', 'GB82', 'password '])(
    'is done with a megabyte of %j',
    (unit) => {
      // anything quadratic would run into the test's time limit
      expect(findSensitive(unit.repeat(1e6 / unit.length)).length).toBeGreaterThanOrEqual(0);
    },
  );
});
