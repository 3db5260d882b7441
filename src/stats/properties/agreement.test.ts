import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohenKappa } from '../agreement/cohen-kappa.ts';
import { effectiveRaters } from '../agreement/effective-raters.ts';
import { fleissKappa } from '../agreement/fleiss-kappa.ts';
import { gwetAgreement } from '../agreement/gwet-ac.ts';
import { krippendorffAlpha, measurementLevels } from '../agreement/krippendorff-alpha.ts';
import { contingencyTable } from '../agreement/mcnemar.ts';
import { percentAgreement } from '../agreement/percent-agreement.ts';
import { countUnits } from '../agreement/unit-counts.ts';
import type { Estimate } from '../estimate.ts';
import { seededRandom, shuffled } from '../random.ts';

fc.configureGlobal({ seed: 20261123 });

const rating = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
const ratings = fc.array(fc.array(rating, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 });
const fullRatings = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), {
  minLength: 2,
  maxLength: 12,
});

type Table = readonly (readonly (number | null)[])[];
const statistics: Readonly<Record<string, (units: Table) => Estimate>> = {
  ...Object.fromEntries(
    measurementLevels.map((level) => [
      `alpha ${level}`,
      (units: Table) => krippendorffAlpha(countUnits(units), level),
    ]),
  ),
  percent: (units) => percentAgreement(countUnits(units)),
  gwet: (units) => pick(gwetAgreement(countUnits(units)), ({ coefficient }) => coefficient),
  fleiss: (units) => pick(fleissKappa(countUnits(units)), ({ kappa }) => kappa),
};

function pick<T>(estimate: Estimate<T>, of: (value: T) => number): Estimate {
  return estimate.defined ? { defined: true, value: of(estimate.value) } : estimate;
}

function expectSame(a: Estimate, b: Estimate): void {
  expect(a.defined).toBe(b.defined);
  if (a.defined && b.defined) expect(a.value).toBeCloseTo(b.value, 9);
}

describe.each(Object.entries(statistics))('%s', (name, statistic) => {
  it('is a finite number of at most 1, or says why not', () => {
    fc.assert(
      fc.property(ratings, (units) => {
        const estimate = statistic(units);
        if (!estimate.defined) {
          expect(estimate.reason).not.toBe('');
          return;
        }
        expect(Number.isFinite(estimate.value)).toBe(true);
        expect(estimate.value).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('does not depend on the order of raters or units', () => {
    fc.assert(
      fc.property(ratings, fc.integer(), (units, seed) => {
        const random = seededRandom(seed);
        expectSame(
          statistic(
            shuffled(
              units.map((unit) => shuffled(unit, random)),
              random,
            ),
          ),
          statistic(units),
        );
      }),
    );
  });

  it('is 1 when all agree on more than one value', () => {
    const units = [0, 1, 2, 1, 0].map((value) => [value, value, value]);
    const estimate = statistic(units);
    expect(estimate.defined && estimate.value).toBeCloseTo(1, 12);
  });

  it('counts a unit of weight 2 like two units', () => {
    if (name === 'fleiss')
      return expect(
        statistic([
          [1, 1],
          [0, 1],
          [0, 1],
        ]).defined,
      ).toBe(true);
    fc.assert(
      fc.property(fullRatings, (units) => {
        const weights = units.map((_, index) => (index === 0 ? 2 : 1));
        const weighted = name.startsWith('alpha')
          ? krippendorffAlpha(countUnits(units), name.slice(6) as 'nominal', weights)
          : name === 'gwet'
            ? pick(gwetAgreement(countUnits(units), 'identity', weights), ({ coefficient }) => coefficient)
            : percentAgreement(countUnits(units), weights);
        expectSame(weighted, statistic([units[0]!, ...units]));
      }),
    );
  });
});

describe('relabelling', () => {
  it('leaves nominal agreement as it is', () => {
    fc.assert(
      fc.property(ratings, (units) => {
        const renamed = units.map((unit) =>
          unit.map((value) => (value === null ? null : (value * 7 + 3) % 11)),
        );
        for (const name of ['alpha nominal', 'percent', 'gwet', 'fleiss'])
          expectSame(statistics[name]!(renamed), statistics[name]!(units));
      }),
    );
  });

  it('leaves interval alpha as it is under a change of unit, and ordinal alpha under any increasing map', () => {
    fc.assert(
      fc.property(ratings, (units) => {
        const mapped = (by: (value: number) => number) =>
          units.map((unit) => unit.map((value) => (value === null ? null : by(value))));
        expectSame(
          statistics['alpha interval']!(mapped((value) => 5 * value - 3)),
          statistics['alpha interval']!(units),
        );
        expectSame(
          statistics['alpha ordinal']!(mapped((value) => value ** 3)),
          statistics['alpha ordinal']!(units),
        );
      }),
    );
  });
});

describe('cohenKappa', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
  });

  it('is symmetric in the two raters, and weighted kappa of two categories is plain kappa', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const first = list.map(([a]) => a);
        const second = list.map(([, b]) => b);
        const kappa = (a: number[], b: number[]) =>
          pick(cohenKappa(contingencyTable(a, b, [0, 1, 2, 3])), (value) => value.kappa);
        expectSame(kappa(first, second), kappa(second, first));
        const binary = (values: number[]) => values.map((value) => Number(value > 1));
        const table = contingencyTable(binary(first), binary(second), [0, 1]);
        expectSame(
          pick(cohenKappa(table), (value) => value.kappa),
          pick(cohenKappa(table, 'quadratic'), (value) => value.kappa),
        );
      }),
    );
  });
});

describe('effectiveRaters', () => {
  it('lies between 1 and k, and does not count a duplicate as a new rater', () => {
    const column = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(column, { minLength: 2, maxLength: 5 }), (columns) => {
        const result = effectiveRaters(columns);
        if (!result.defined) return;
        expect(result.value.effective).toBeGreaterThanOrEqual(1 - 1e-12);
        expect(result.value.effective).toBeLessThanOrEqual(columns.length + 1e-12);
      }),
    );
    const one = Array.from({ length: 30 }, (_, index) => index % 2);
    const same = effectiveRaters([one, one, one, one]);
    expect(same.defined && same.value.effective).toBeCloseTo(1, 9);
  });
});
