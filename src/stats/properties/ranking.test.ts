import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBradleyTerry } from '../ranking/bradley-terry.ts';
import { pairRecords } from '../ranking/comparisons.ts';
import { fitDavidson } from '../ranking/davidson.ts';
import { fitRaoKupper } from '../ranking/rao-kupper.ts';
import { strongComponents } from '../ranking/strong-components.ts';

fc.configureGlobal({ seed: 20261123 });

const results = fc.array(
  fc.record({
    first: fc.constantFrom(0, 1),
    second: fc.constantFrom(2, 3),
    score: fc.constantFrom(0, 0.5, 1),
  }),
  { minLength: 4, maxLength: 60 },
);
const models = { 'Bradley-Terry': fitBradleyTerry, Davidson: fitDavidson, 'Rao-Kupper': fitRaoKupper };

describe.each(Object.entries(models))('%s', (_, fitModel) => {
  it('is finite with mean zero, and mirrors when every result is turned round', () => {
    fc.assert(
      fc.property(results, (list) => {
        const fit = fitModel(4, pairRecords(list), 0.1);
        const turned = fitModel(
          4,
          pairRecords(list.map((result) => ({ ...result, score: 1 - result.score }))),
          0.1,
        );
        expect(fit.defined).toBe(turned.defined);
        if (!fit.defined || !turned.defined) return;
        expect(fit.value.strength.every(Number.isFinite)).toBe(true);
        expect(fit.value.strength.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
        fit.value.strength.forEach((value, player) => {
          expect(turned.value.strength[player]!).toBeCloseTo(-value, 4);
        });
      }),
    );
  });

  it('does not care who is named first', () => {
    fc.assert(
      fc.property(results, (list) => {
        const swapped = list.map(({ first, second, score }) => ({
          first: second,
          second: first,
          score: 1 - score,
        }));
        expect(fitModel(4, pairRecords(swapped), 0.1)).toEqual(fitModel(4, pairRecords(list), 0.1));
      }),
    );
  });

  it('says that no finite fit exists when one side never loses', () => {
    const fit = fitModel(2, pairRecords([{ first: 0, second: 1, score: 1 }]));
    expect(fit.defined).toBe(false);
  });
});

describe('strongComponents', () => {
  it('separates players that never meet and those that only lose', () => {
    const records = pairRecords([
      { first: 0, second: 1, score: 1 },
      { first: 1, second: 2, score: 1 },
      { first: 2, second: 0, score: 1 },
      { first: 0, second: 3, score: 1 },
      { first: 4, second: 5, score: 0.5 },
    ]);
    expect(strongComponents(6, records).toSorted((a, b) => a[0]! - b[0]!)).toEqual([[0, 1, 2], [3], [4, 5]]);
  });

  it('handles a chain of 20,000 players', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => ({
      first: index,
      second: (index + 1) % 20_000,
      score: 1,
    }));
    expect(strongComponents(20_000, pairRecords(chain))).toHaveLength(1);
  });
});
