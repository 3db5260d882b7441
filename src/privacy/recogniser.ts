import type { SensitiveClass } from '../domain/sensitive.ts';

/** Where a recogniser's pattern matched, before context is looked at. Offsets are UTF-16 units. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** How sure the pattern and its checksum are by themselves, in [0, 1]. */
  readonly score: number;
}

/** Which country's writing a national number is read by, where the text does not say. */
export interface RecogniserOptions {
  /** ISO 3166 code, for example `US`; null reads international numbers, and national ones only in context. */
  readonly region: string | null;
}

/**
 * Finds one class: a pattern, a checksum where the class has one, and words that make the reading likelier.
 * The shape is Presidio's (pattern + validation + context + score).
 */
export interface Recogniser {
  readonly name: string;
  readonly class: SensitiveClass;
  /** Cheap test that is true for every text with a match. */
  mayMatch(text: string): boolean;
  find(text: string, options: RecogniserOptions): Iterable<Match>;
  /** Words near a match that raise its score to `scoreInContext`. */
  readonly context?: RegExp;
  readonly scoreInContext?: number;
}

/** All matches of a global pattern. A group `value` narrows the span; it must end where the match ends. */
export function* spansOf(
  pattern: RegExp,
  text: string,
): Generator<{ readonly value: string; readonly start: number; readonly end: number }> {
  for (const match of text.matchAll(pattern)) {
    const value = match.groups?.value ?? match[0];
    const end = match.index + match[0].length;
    yield { value, start: end - value.length, end };
  }
}

/** A test for whole words in any script; JavaScript's `\b` knows ASCII letters only. */
export function anyWord(alternatives: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'iu');
}
