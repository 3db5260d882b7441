import { minhashOf, signatureLength, similarityOf } from './minhash.ts';

/** Rows of a band: 16 bands of 4 find a pair of similarity .7 with probability .99, one of .3 with .12 (then checked). */
const bandRows = 4;
const bands = signatureLength / bandRows;

/**
 * Texts gathered to be grouped by near-duplication.
 * @example
 * const texts: NearDuplicates = gatherNearDuplicates();
 * texts.add('An owl sees a mouse.');
 */
export interface NearDuplicates {
  /** @returns the text's number: 0, 1, 2 … in the order of adding. */
  add(text: string): number;
  /** Puts two texts into one group whatever their words. */
  join(a: number, b: number): void;
  /** For each text, the smallest number in its group. */
  groups(): Int32Array;
}

/**
 * Groups texts whose estimated Jaccard similarity of word 3-grams is at least `threshold` (locality-sensitive
 * hashing over MinHash bands; candidates are checked on their signatures). Groups are the connected components.
 * Memory: 128 bytes a text and one sort array of 8 bytes a text; time O(n log n).
 * @example
 * const texts = gatherNearDuplicates(0.7);
 * for (const text of ['An owl sees a mouse.', 'Entirely other words.', 'an owl sees a mouse']) texts.add(text);
 * texts.groups(); // [0, 1, 0]
 */
export function gatherNearDuplicates(threshold = 0.7): NearDuplicates {
  let signatures = new Uint16Array(1024 * signatureLength);
  let count = 0;
  const joins: (readonly [number, number])[] = [];

  return {
    add(text) {
      if ((count + 1) * signatureLength > signatures.length) {
        const larger = new Uint16Array(signatures.length * 2);
        larger.set(signatures);
        signatures = larger;
      }
      signatures.set(minhashOf(text), count * signatureLength);
      count += 1;
      return count - 1;
    },
    join: (a, b) => void joins.push([a, b]),
    groups() {
      const parents = Int32Array.from({ length: count }, (_, index) => index);
      for (const [a, b] of joins) unite(parents, a, b);
      const keys = new Float64Array(count);
      for (let band = 0; band < bands; band += 1) {
        uniteBand(signatures, keys, parents, band, threshold);
      }
      return parents.map((_, index) => rootOf(parents, index));
    },
  };
}

/** Sorts texts by their hash in one band and unites equal neighbours that are really alike. */
function uniteBand(
  signatures: Uint16Array,
  keys: Float64Array,
  parents: Int32Array,
  band: number,
  threshold: number,
): void {
  // 31 bits of hash above 22 bits of number: exact in a double up to four million texts
  const numberRange = 2 ** 22;
  for (let index = 0; index < keys.length; index += 1) {
    keys[index] =
      (bandHash(signatures, index * signatureLength + band * bandRows) >>> 1) * numberRange + index;
  }
  keys.sort();
  let start = 0;
  for (let end = 1; end <= keys.length; end += 1) {
    if (end < keys.length && Math.floor(keys[end]! / numberRange) === Math.floor(keys[start]! / numberRange))
      continue;
    // each member is compared with the first, so a bucket of m equal texts costs m, not m squared
    const first = keys[start]! % numberRange;
    for (let place = start + 1; place < end; place += 1) {
      const other = keys[place]! % numberRange;
      if (rootOf(parents, first) === rootOf(parents, other)) continue;
      const alike = similarityOf(signatures, signatures, first * signatureLength, other * signatureLength);
      if (alike >= threshold) unite(parents, first, other);
    }
    start = end;
  }
}

function bandHash(signatures: Uint16Array, start: number): number {
  let hash = 2166136261;
  for (let row = 0; row < bandRows; row += 1) hash = Math.imul(hash ^ signatures[start + row]!, 16777619);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function rootOf(parents: Int32Array, index: number): number {
  let root = index;
  while (parents[root] !== root) root = parents[root]!;
  for (let at = index; parents[at] !== root; ) {
    const next = parents[at]!;
    parents[at] = root;
    at = next;
  }
  return root;
}

/** The smaller number becomes the root, so that groups do not depend on the order of uniting. */
function unite(parents: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parents, a);
  const rootB = rootOf(parents, b);
  if (rootA < rootB) parents[rootB] = rootA;
  else parents[rootA] = rootB;
}
