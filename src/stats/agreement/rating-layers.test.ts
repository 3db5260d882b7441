import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { krippendorffAlpha, measurementLevels } from './krippendorff-alpha.ts';
import { percentAgreement } from './percent-agreement.ts';
import { layersOfUnit } from './rating-layers.ts';
import { countUnits } from './unit-counts.ts';

fc.configureGlobal({ seed: 20261128 });

const rating = fc.record({
  value: fc.option(fc.integer({ min: 0, max: 3 })),
  weight: fc.constantFrom(0, 0.25, 0.4, 0.5, 1),
});
const unit = fc.array(rating, { minLength: 2, maxLength: 5 });
const dealt = (ratings: readonly { value: number | null; weight: number }[]) =>
  layersOfUnit(
    ratings.map(({ value }) => value),
    ratings.map(({ weight }) => weight),
  );

describe('layersOfUnit', () => {
  it('leaves a unit of whole ratings as it is', () => {
    expect(layersOfUnit([1, null, 0], [1, 1, 1])).toEqual([{ ratings: [1, null, 0], share: 1 }]);
  });

  it('gives every rating its weight, and every two the weight of the lighter', () => {
    fc.assert(
      fc.property(unit, (ratings) => {
        const layers = dealt(ratings);
        const share = (...raters: readonly number[]) =>
          layers
            .filter((layer) => raters.every((rater) => layer.ratings[rater] !== null))
            .reduce((sum, layer) => sum + layer.share, 0);
        ratings.forEach(({ value, weight }, rater) => {
          expect(share(rater)).toBeCloseTo(value === null ? 0 : weight, 12);
          ratings.forEach((other, at) => {
            if (value !== null && other.value !== null)
              expect(share(rater, at)).toBeCloseTo(Math.min(weight, other.weight), 12);
          });
        });
      }),
    );
  });

  it('makes a unit that stands twice and one of twice the weights the same to every coefficient', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 6 }), unit, (units, doubled) => {
        const once = [...units, doubled].flatMap(dealt);
        const weights = once.map(({ share }) => share);
        const layersOfDoubled = dealt(doubled).length;
        const twice = [...once, ...once.slice(-layersOfDoubled)];
        const heavier = weights.map((share, at) => (at >= once.length - layersOfDoubled ? 2 * share : share));
        const counts = countUnits(once.map(({ ratings }) => ratings));
        const countsOfTwice = countUnits(twice.map(({ ratings }) => ratings));
        const sharesOfTwice = twice.map(({ share }) => share);
        for (const statistic of [
          percentAgreement,
          ...measurementLevels.map(
            (level) => (units: typeof counts, shares?: ArrayLike<number>) =>
              krippendorffAlpha(units, level, shares),
          ),
        ]) {
          const [one, other] = [statistic(counts, heavier), statistic(countsOfTwice, sharesOfTwice)];
          expect(one.defined).toBe(other.defined);
          if (one.defined && other.defined) expect(one.value).toBeCloseTo(other.value, 9);
        }
      }),
    );
  });
});
