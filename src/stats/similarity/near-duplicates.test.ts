import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minhashOf, similarityOf, visitShingles } from './minhash.ts';
import { gatherNearDuplicates } from './near-duplicates.ts';

const words = (count: number, seed: number) =>
  Array.from({ length: count }, (_, index) => `w${seed}x${index}`);

function jaccard(a: string, b: string): number {
  const [left, right] = [new Set<number>(), new Set<number>()];
  visitShingles(a, 3, (hash) => left.add(hash));
  visitShingles(b, 3, (hash) => right.add(hash));
  const shared = [...left].filter((hash) => right.has(hash)).length;
  return shared / (left.size + right.size - shared);
}

describe('minhashOf', () => {
  it('estimates the Jaccard similarity within four standard errors', () => {
    const base = words(400, 1);
    for (const changed of [0, 20, 60, 120]) {
      const other = base.map((word, index) => (index < changed ? `z${index}` : word));
      const [a, b] = [base.join(' '), other.join(' ')];
      const truth = jaccard(a, b);
      const error = Math.sqrt((truth * (1 - truth)) / 64);
      expect(Math.abs(similarityOf(minhashOf(a), minhashOf(b)) - truth)).toBeLessThanOrEqual(4 * error);
    }
  });

  it('does not see case, punctuation or white space', () => {
    expect(minhashOf('Hello, big  WORLD of text!')).toEqual(minhashOf('hello big world of text'));
  });

  it('distinguishes short texts', () => {
    expect(similarityOf(minhashOf('yes'), minhashOf('no'))).toBeLessThan(0.1);
    expect(similarityOf(minhashOf('two words'), minhashOf('two words'))).toBe(1);
  });
});

describe('gatherNearDuplicates', () => {
  it('groups near copies, separates unrelated texts, and applies joins', () => {
    const near = gatherNearDuplicates();
    const long = words(60, 2);
    near.add(long.join(' '));
    near.add(words(60, 3).join(' '));
    near.add([...long.slice(0, 59), 'changed'].join(' '));
    near.add(words(60, 4).join(' '));
    near.join(1, 3);
    expect([...near.groups()]).toEqual([0, 1, 0, 1]);
  });

  it('groups exact copies always, and names each group by its first member', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a b c d', 'e f g h', 'i j k l'), { maxLength: 30 }), (texts) => {
        const near = gatherNearDuplicates();
        for (const text of texts) near.add(text);
        expect([...near.groups()]).toEqual(texts.map((text) => texts.indexOf(text)));
      }),
    );
  });
});
