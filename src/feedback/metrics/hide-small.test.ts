import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSmall, type SliceCell } from './hide-small.ts';
import { WeightTable } from './weight-table.ts';

function cell(authors: readonly number[], mustHide = false): SliceCell {
  const table = new WeightTable();
  for (const person of authors) table.raise(person, 1);
  return { filled: authors.length > 0, authors: table, mustHide };
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

describe('hiding slices with few authors', () => {
  it('hides nothing if every slice has enough, and never an empty one', () => {
    expect([...hideSmall([cell(range(0, 5)), cell(range(5, 9)), cell([])], 5)]).toEqual([]);
  });

  it('also hides the smallest other slice if a single one could be subtracted from the total', () => {
    const cells = [cell(range(0, 50)), cell(range(50, 2)), cell(range(60, 7))];
    expect([...hideSmall(cells, 5)].sort()).toEqual([1, 2]);
  });

  it('hides more if the hidden slices share the same few authors', () => {
    const cells = [cell([1, 2]), cell([1, 2]), cell(range(0, 9))];
    expect([...hideSmall(cells, 5)].sort()).toEqual([0, 1, 2]);
  });

  it('shows slices if the hidden ones have enough authors together', () => {
    const cells = [cell([1, 2, 3]), cell([4, 5, 6]), cell(range(0, 9))];
    expect([...hideSmall(cells, 5)].sort()).toEqual([0, 1]);
  });

  it('never reveals a slice of fewer than k authors, shown or by subtraction', () => {
    const slices = fc.array(
      fc.record({ authors: fc.uniqueArray(fc.nat(30), { maxLength: 12 }), mustHide: fc.boolean() }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(slices, fc.integer({ min: 1, max: 8 }), (drawn, k) => {
        const cells = drawn.map(({ authors, mustHide }) => cell(authors, mustHide));
        const hidden = hideSmall(cells, k);
        const shown = drawn.filter(({ authors }, index) => authors.length > 0 && !hidden.has(index));
        for (const { authors } of shown) expect(authors.length).toBeGreaterThanOrEqual(k);
        if (hidden.size === 0 || shown.length === 0) return;
        expect(hidden.size).toBeGreaterThan(1);
        const left = new Set([...hidden].flatMap((index) => drawn[index]!.authors));
        expect(left.size).toBeGreaterThanOrEqual(k);
      }),
    );
  });
});
