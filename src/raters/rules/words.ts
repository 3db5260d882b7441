/** The words of a text, as offsets into it (UTF-16 units), and a hash of each in lower case (FNV-1a, 30 bits). */
export interface Words {
  readonly count: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly hashes: readonly number[];
}

/**
 * Words as readers count them: runs of letters, digits and marks; one apostrophe or hyphen between two of them joins.
 * Scripts without spaces are cut by the Unicode segmenter. `lower` is the text in lower case, unit by unit.
 */
export function wordsOf(lower: string): Words {
  const starts: number[] = [];
  const ends: number[] = [];
  const hashes: number[] = [];
  const { length } = lower;
  for (let at = 0; at < length; ) {
    // the table first: this loop sees every character of every response
    const kind = kinds[lower.charCodeAt(at)] || kindAt(lower, at);
    if (kind === other) {
      at += 1;
    } else if (kind === spaced) {
      starts.push(at);
      let hash = offsetBasis;
      for (let next: number = spaced; next === spaced; ) {
        hash = Math.imul(hash ^ lower.charCodeAt(at), prime);
        at += 1;
        if (at === length) break;
        const unit = lower.charCodeAt(at);
        next = kinds[unit] || kindAt(lower, at);
        if (next !== spaced && isJoiner(unit) && kindAt(lower, at + 1) === spaced) {
          hash = Math.imul(hash ^ unit, prime);
          at += 1;
          next = spaced;
        }
      }
      ends.push(at);
      hashes.push(hash >>> 2);
    } else {
      const end = endOfRun(lower, at);
      for (const { segment, index, isWordLike } of segmentsOf(lower.slice(at, end))) {
        if (isWordLike !== true) continue;
        starts.push(at + index);
        ends.push(at + index + segment.length);
        hashes.push(hashWord(segment));
      }
      at = end;
    }
  }
  return { count: starts.length, starts, ends, hashes };
}

/** The hash that `wordsOf` gives a word in lower case. */
export function hashWord(word: string): number {
  let hash = offsetBasis;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), prime);
  }
  // V8 keeps numbers of 30 bits without a box
  return hash >>> 2;
}

const offsetBasis = 0x811c9dc5 | 0;
const prime = 0x01000193;

const spaced = 1;
const unspaced = 2;
const other = 3;
/** By UTF-16 unit; 0 is not known yet. */
const kinds = new Uint8Array(0x10000);
const wordCharacter = /[\p{L}\p{N}\p{M}]/u;
const unspacedCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  // beyond the end charCodeAt gives NaN
  if (!(unit >= 0)) return other;
  // half a character: what the whole one is
  if ((unit & 0xf800) === 0xd800) return kindOf(wholeAt(text, at));
  let kind = kinds[unit]!;
  if (kind === 0) {
    kind = kindOf(String.fromCharCode(unit));
    kinds[unit] = kind;
  }
  return kind;
}

function kindOf(character: string): number {
  if (unspacedCharacter.test(character)) return unspaced;
  return wordCharacter.test(character) ? spaced : other;
}

function wholeAt(text: string, at: number): string {
  const isSecondHalf =
    (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return String.fromCodePoint(text.codePointAt(isSecondHalf ? at - 1 : at)!);
}

function isJoiner(unit: number): boolean {
  return unit === 0x27 || unit === 0x2d || unit === 0x2019;
}

/** Longer runs are cut there: the segmenter's time and memory stay in bounds. */
const longestRun = 2000;

function endOfRun(text: string, start: number): number {
  const last = Math.min(text.length, start + longestRun);
  let end = start + 1;
  while (end < last && (kindAt(text, end) === unspaced || isMark(text, end))) end += 1;
  return end;
}

function isMark(text: string, at: number): boolean {
  return kindAt(text, at) === spaced && /\p{M}/u.test(text[at]!);
}

let segmenter: Intl.Segmenter | undefined;

function segmentsOf(run: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  return segmenter.segment(run);
}
