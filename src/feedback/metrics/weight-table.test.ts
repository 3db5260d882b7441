import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameHash, pairHash, WeightTable } from './weight-table.ts';

describe('a table of weights', () => {
  it('gives the same results as a map of largest weights', () => {
    const raises = fc.array(fc.tuple(fc.nat(200), fc.constantFrom(0, 0.25, 0.5, 1)), { maxLength: 400 });
    fc.assert(
      fc.property(raises, (drawn) => {
        const table = new WeightTable();
        const truth = new Map<number, number>();
        for (const [name, weight] of drawn) {
          const before = truth.get(name) ?? 0;
          expect(table.raise(nameHash(`n${name}`), weight)).toBe(Math.max(0, weight - before));
          truth.set(name, Math.max(before, weight));
        }
        expect(table.size).toBe(truth.size);
        expect(table.weighty).toBe([...truth.values()].filter((weight) => weight > 0).length);
        for (const [name, weight] of truth) expect(table.weightOf(nameHash(`n${name}`))).toBe(weight);
        expect(table.weightOf(nameHash('missing'))).toBeUndefined();
        expect([...table.names()]).toHaveLength(table.weighty);
      }),
    );
  });

  it('distinguishes 200,000 names', () => {
    expect(new Set(Array.from({ length: 200_000 }, (_, index) => nameHash(`author ${index}`))).size).toBe(
      200_000,
    );
    const names = Array.from({ length: 400 }, (_, index) => nameHash(`name ${index}`));
    expect(new Set(names.flatMap((one) => names.map((other) => pairHash(one, other)))).size).toBe(160_000);
  });
});
