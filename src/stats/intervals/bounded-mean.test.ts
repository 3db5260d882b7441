import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { gammaSumBelowZero } from '../special/gamma-sum.ts';
import { studentQuantile } from '../special/student-t.ts';
import { type BoundedMean, boundedMean } from './bounded-mean.ts';
import { clopperPearsonInterval } from './proportion.ts';

function of(values: readonly number[], range: readonly [number, number]): BoundedMean {
  const one = boundedMean(values, range);
  if (!one.defined) throw new Error(one.reason);
  return one.value;
}

const ones = (k: number, n: number) => Array.from({ length: n }, (_, index) => (index < k ? 1 : 0));

describe('gammaSumBelowZero', () => {
  it('is exact where a closed form exists, far in the tail too', () => {
    const against = (weight: number, shape: number) =>
      gammaSumBelowZero([
        { weight: -1, shape: 1 },
        { weight, shape },
      ]);
    // P(E > w G) = (1 + w)^-shape
    for (const [weight, shape] of [
      [1, 2],
      [0.01, 200],
      [1000, 30],
      [0.001, 5],
    ] as const)
      expect(against(weight, shape) * (1 + weight) ** shape).toBeCloseTo(1, 9);
    expect(gammaSumBelowZero([{ weight: 1, shape: 3 }])).toBe(0);
    expect(gammaSumBelowZero([{ weight: -1, shape: 3 }])).toBe(1);
    expect(gammaSumBelowZero([])).toBe(1);
  });

  it('of a sum and of its mirror add up to 1', () => {
    const term = fc.record({
      weight: fc.double({ min: -10, max: 10, noNaN: true }).filter((weight) => Math.abs(weight) > 1e-3),
      shape: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 20 }), (terms) => {
        const mirrored = terms.map(({ weight, shape }) => ({ weight: -weight, shape }));
        expect(gammaSumBelowZero(terms) + gammaSumBelowZero(mirrored)).toBeCloseTo(1, 7);
      }),
    );
  });
});

describe('boundedMean', () => {
  it.each([
    [7, 8],
    [0, 30],
    [30, 30],
    [3, 50],
    [50, 100],
    [180, 200],
    [5000, 10_000],
  ])('is Clopper and Pearson on %d of %d', (k, n) => {
    const interval = of(ones(k, n), [0, 1]).interval(0.05);
    const exact = clopperPearsonInterval(k, n, 0.1);
    expect(interval.low).toBeCloseTo(exact.low, 7);
    expect(interval.high).toBeCloseTo(exact.high, 7);
  });

  it('is the bound of Markov on equal values', () => {
    const same = of(Array(12).fill(0.2), [-0.5, 0.5]);
    expect(same.above(0.1)).toBeCloseTo((0.6 / 0.7) ** 12, 9);
    expect(same.below(0.3)).toBeCloseTo((0.2 / 0.3) ** 12, 9);
  });

  it('lies within a hundredth of Student on 1,000 even values', () => {
    const random = seededRandom('bounded mean');
    const values = Array.from({ length: 1000 }, () => random());
    const { mean, interval } = of(values, [0, 1]);
    const half = (studentQuantile(0.95, 999) * Math.sqrt(1 / 12)) / Math.sqrt(1000);
    expect((interval(0.05).high - mean) / half).toBeCloseTo(1, 1);
    expect((mean - interval(0.05).low) / half).toBeCloseTo(1, 1);
  });

  it('mirrors, and a stricter threshold is never easier', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    const values = fc.array(value, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, value, value, (seen, one, other) => {
        const here = of(seen, [-1, 1]);
        const mirrored = of(
          seen.map((own) => -own),
          [-1, 1],
        );
        expect(mirrored.below(-one)).toBeCloseTo(here.above(one), 9);
        const [lower, upper] = one < other ? [one, other] : [other, one];
        expect(here.above(upper)).toBeGreaterThanOrEqual(here.above(lower) - 1e-9);
      }),
    );
  });

  it('passes a rare loss at the margin in at most 5 % of samples, where Student does in 10 %', () => {
    const random = seededRandom('rare losses');
    let passed = 0;
    for (let sample = 0; sample < 2000; sample += 1) {
      const losses = Array.from({ length: 200 }, () => (random() < 0.04 ? -0.5 : 0));
      passed += of(losses, [-0.5, 0.5]).above(-0.02) <= 0.05 ? 1 : 0;
    }
    expect(passed / 2000).toBeLessThan(0.06);
    expect(passed).toBeGreaterThan(0);
  });

  it('needs values and a range', () => {
    expect(boundedMean([], [0, 1]).defined).toBe(false);
    expect(boundedMean([1], [1, 1]).defined).toBe(false);
  });
});
