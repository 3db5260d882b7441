import type { ResponseText } from './response-text.ts';

/**
 * One small integer for every run of `length` words, in order: a polynomial hash modulo 2^32, rolled on from word to
 * word. Equal runs have equal numbers; `sameRun` checks whether equal numbers are equal runs.
 */
export function wordRuns({ words }: ResponseText, length: number): readonly number[] {
  const { count, hashes } = words;
  const runs: number[] = [];
  let leading = 1;
  for (let step = 0; step < length; step += 1) leading = Math.imul(leading, base);
  let hash = 0;
  for (let index = 0; index < count; index += 1) {
    hash = (Math.imul(hash, base) + hashes[index]!) | 0;
    if (index >= length) hash = (hash - Math.imul(hashes[index - length]!, leading)) | 0;
    // 30 bits: V8 keeps such numbers without a box
    if (index >= length - 1) runs.push(hash >>> 2);
  }
  return runs;
}

const base = 0x01000193;

/** In lower case. */
export function wordAt({ lower, words }: ResponseText, index: number): string {
  return index < words.count ? lower.slice(words.starts[index], words.ends[index]) : '';
}

export function sameRun(a: ResponseText, atA: number, b: ResponseText, atB: number, length: number): boolean {
  for (let step = 0; step < length; step += 1) {
    if (wordAt(a, atA + step) !== wordAt(b, atB + step)) return false;
  }
  return true;
}
