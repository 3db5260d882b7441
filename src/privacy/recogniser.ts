import type { SensitiveClass } from '../domain/sensitive.ts';

/** A match of a recogniser's pattern, before context is considered. Offsets are UTF-16 units. */
export interface Match {
  readonly start: number;
  readonly end: number;
  /** Confidence of pattern and checksum without context, in [0, 1]. */
  readonly score: number;
}

/** Options of a recogniser. */
export interface RecogniserOptions {
  /** ISO 3166 code, for example `US`; null: international numbers, and national ones only with context. */
  readonly region: string | null;
}

/**
 * Detects one class by a pattern, a checksum if the class has one, and context words. The design follows Microsoft
 * Presidio (pattern + validation + context + score).
 * @example
 * const ticket: Recogniser = {
 *   name: 'ticket',
 *   class: 'national_id',
 *   mayMatch: (text) => text.includes('TICKET-'),
 *   *find(text) {
 *     for (const { start, end } of spansOf(/TICKET-\d{6}/g, text)) yield { start, end, score: 0.9 };
 *   },
 * };
 */
export interface Recogniser {
  readonly name: string;
  readonly class: SensitiveClass;
  /** Cheap necessary condition: true for every text with a match. */
  mayMatch(text: string): boolean;
  find(text: string, options: RecogniserOptions): Iterable<Match>;
  /** Words near a match that raise its score to `scoreInContext`. */
  readonly context?: RegExp;
  readonly scoreInContext?: number;
}

/** All matches of a global pattern. A group named `value` narrows the span; it must end at the end of the match. */
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

/** A pattern for whole words in any script; JavaScript's `\b` handles only ASCII letters. */
export function anyWord(alternatives: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'iu');
}
