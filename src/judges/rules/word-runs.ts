import type { ResponseText } from './response-text.ts';

/**
 * One small integer for every run of `length` words, in order: a polynomial hash modulo 2^32, rolled on from word to
 * word. Equal runs have equal numbers; `sameRun` tells whether equal numbers are equal runs.
 */
export function wordRuns({ wordHashes }: ResponseText, length: number): Int32Array {
  const runs = new Int32Array(Math.max(0, wordHashes.length - length + 1));
  let leading = 1;
  for (let step = 0; step < length; step += 1) leading = Math.imul(leading, base);
  let hash = 0;
  for (let index = 0; index < wordHashes.length; index += 1) {
    hash = (Math.imul(hash, base) + wordHashes[index]!) | 0;
    if (index >= length) hash = (hash - Math.imul(wordHashes[index - length]!, leading)) | 0;
    // 30 bits: V8 keeps such numbers without a box
    if (index >= length - 1) runs[index - length + 1] = hash >>> 2;
  }
  return runs;
}

const base = 0x01000193;

export function sameRun(a: ResponseText, atA: number, b: ResponseText, atB: number, length: number): boolean {
  for (let step = 0; step < length; step += 1) {
    if (a.words[atA + step]?.lower !== b.words[atB + step]?.lower) return false;
  }
  return true;
}
