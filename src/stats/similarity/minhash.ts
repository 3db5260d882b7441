/**
 * MinHash signatures by one-permutation hashing with rotation densification.
 * Broder 1997 (min-wise hashing); Li, Owen & Zhang 2012 (one permutation); Shrivastava & Li 2014 (densification).
 * P(two signatures agree in one place) = Jaccard similarity of the two sets of shingles.
 */

/**
 * Places of a signature. The standard error of an estimated similarity s is sqrt(s(1-s)/64), at most .0625.
 * @example
 * minhashOf('any text').length === signatureLength; // true
 */
export const signatureLength = 64;

const shingleWords = 3;
const empty = 0xffffffff;
const wordSeed = 2166136261 | 0;

/**
 * Signature of a text over its word 3-grams (of the whole text where it has fewer words), case and punctuation aside.
 * 16 bits a place (b-bit minwise hashing, Li & König 2010): two unrelated places agree by chance once in 65,536.
 * @example
 * minhashOf('the owl sees the mouse').length; // 64
 */
export function minhashOf(text: string): Uint16Array {
  const bins = new Uint32Array(signatureLength).fill(empty);
  visitShingles(text, shingleWords, (shingle) => {
    // the low bits choose the bin, so the value must come from all of them mixed again
    const bin = shingle & (signatureLength - 1);
    const value = remix(shingle);
    if (value < bins[bin]!) bins[bin] = value;
  });
  return densified(bins);
}

/**
 * Estimated Jaccard similarity of two texts' shingle sets, in [0, 1].
 * @example
 * similarityOf(minhashOf('the owl sees the mouse'), minhashOf('The owl sees the mouse!')); // 1
 */
export function similarityOf(a: Uint16Array, b: Uint16Array, aStart = 0, bStart = 0): number {
  let same = 0;
  for (let place = 0; place < signatureLength; place += 1) {
    if (a[aStart + place] === b[bStart + place]) same += 1;
  }
  return same / signatureLength;
}

/**
 * Visits the 32-bit hashes of a text's word n-grams, with repeats; one hash of everything where it has fewer words.
 * @example
 * const hashes = new Set<number>();
 * visitShingles('the owl sees the mouse', 3, (hash) => hashes.add(hash));
 * hashes.size; // 3
 */
export function visitShingles(text: string, words: number, visit: (hash: number) => void): void {
  // the last hashes of words, as a ring
  const ring = new Int32Array(words);
  let filled = 0;
  let word = wordSeed;
  let inWord = false;
  const lower = text.toLowerCase();
  for (let index = 0; index <= lower.length; index += 1) {
    const code = index < lower.length ? lower.charCodeAt(index) : 0;
    if (isWordCode(code)) {
      word = Math.imul(word ^ code, 16777619);
      inWord = true;
    } else if (inWord) {
      ring[filled % words] = word;
      filled += 1;
      if (filled >= words) visit(combined(ring, filled));
      word = wordSeed;
      inWord = false;
    }
  }
  if (filled < words) visit(combined(ring, filled));
}

function isWordCode(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  // beyond ASCII everything but general punctuation and CJK punctuation counts as a letter
  return !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f) && code !== 0xa0;
}

/** One hash of the ring's words in their order, oldest first. */
function combined(ring: Int32Array, filled: number): number {
  let hash = 0x9e3779b9 | 0;
  for (let place = 0; place < ring.length; place += 1) {
    hash = Math.imul(hash ^ ring[(filled + place) % ring.length]!, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return remix(hash);
}

/** The murmur3 finaliser. */
function remix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Empty bins borrow from the next filled one, marked with the distance so that borrowers differ. */
function densified(bins: Uint32Array): Uint16Array {
  const signature = new Uint16Array(signatureLength);
  for (let bin = 0; bin < signatureLength; bin += 1) {
    let distance = 0;
    while (bins[(bin + distance) & (signatureLength - 1)] === empty && distance < signatureLength)
      distance += 1;
    const value = bins[(bin + distance) & (signatureLength - 1)]!;
    signature[bin] = distance === 0 ? value & 0xffff : remix(value + distance) & 0xffff;
  }
  return signature;
}
