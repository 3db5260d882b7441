import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSmall, type SliceCell } from './hide-small.ts';
import { WeightTable } from './weight-table.ts';

function cell(people: readonly number[], mustHide = false): SliceCell {
  const table = new WeightTable();
  for (const person of people) table.raise(person, 1);
  return { filled: people.length > 0, people: table, mustHide };
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

describe('hiding slices of few people', () => {
  it('hides nothing where every slice has enough, and never an empty one', () => {
    expect([...hideSmall([cell(range(0, 5)), cell(range(5, 9)), cell([])], 5)]).toEqual([]);
  });

  it('hides the smallest other slice too where one alone could be subtracted from the total', () => {
    const cells = [cell(range(0, 50)), cell(range(50, 2)), cell(range(60, 7))];
    expect([...hideSmall(cells, 5)].sort()).toEqual([1, 2]);
  });

  it('hides more where the hidden ones are the same few people', () => {
    const cells = [cell([1, 2]), cell([1, 2]), cell(range(0, 9))];
    expect([...hideSmall(cells, 5)].sort()).toEqual([0, 1, 2]);
  });

  it('lets slices stand where the hidden ones are many people together', () => {
    const cells = [cell([1, 2, 3]), cell([4, 5, 6]), cell(range(0, 9))];
    expect([...hideSmall(cells, 5)].sort()).toEqual([0, 1]);
  });

  it('never leaves a slice of fewer than k people, shown or left over by subtraction', () => {
    const slices = fc.array(
      fc.record({ people: fc.uniqueArray(fc.nat(30), { maxLength: 12 }), mustHide: fc.boolean() }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(slices, fc.integer({ min: 1, max: 8 }), (drawn, k) => {
        const cells = drawn.map(({ people, mustHide }) => cell(people, mustHide));
        const hidden = hideSmall(cells, k);
        const shown = drawn.filter(({ people }, index) => people.length > 0 && !hidden.has(index));
        for (const { people } of shown) expect(people.length).toBeGreaterThanOrEqual(k);
        if (hidden.size === 0 || shown.length === 0) return;
        expect(hidden.size).toBeGreaterThan(1);
        const left = new Set([...hidden].flatMap((index) => drawn[index]!.people));
        expect(left.size).toBeGreaterThanOrEqual(k);
      }),
    );
  });
});
