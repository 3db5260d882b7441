import type { Candidate, Item } from '../../domain/item.ts';
import type { ResponseText } from './response-text.ts';

/** The stretch of a response that decided. Offsets are UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a check says, and why. */
export interface Finding {
  readonly pass: boolean;
  readonly reason: string;
  readonly span?: Span;
  /** Which of several, for a check that stands for many. */
  readonly part?: string;
}

/** What is checked. */
export interface Subject {
  readonly item: Item;
  readonly candidate: Candidate;
  readonly text: ResponseText;
  readonly signal: AbortSignal;
}

/** One rule, ready to run. No findings mean that it does not apply to the subject. */
export type Check = (subject: Subject) => readonly Finding[] | Promise<readonly Finding[]>;

/** A check could not be done (a program that crashed); becomes a vote with outcome `error`. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
}

const longestQuote = 160;

/** The quote is cut to a length that a report can hold, never within a character; the offsets are not. */
export function spanAt(text: string, start: number, end: number): Span {
  const last = Math.min(end, text.length);
  const quote = text.slice(start, Math.min(last, start + longestQuote));
  const isCut = start + quote.length < last && (quote.charCodeAt(quote.length - 1) & 0xfc00) === 0xd800;
  return { start, end: last, text: isCut ? quote.slice(0, -1) : quote };
}

export function pass(reason: string, span?: Span): readonly Finding[] {
  return [{ pass: true, reason, ...(span && { span }) }];
}

export function fail(reason: string, span?: Span): readonly Finding[] {
  return [{ pass: false, reason, ...(span && { span }) }];
}

/** A finding on how many of something there are. */
export function within(
  count: number,
  what: string,
  bounds: { readonly min?: number | undefined; readonly max?: number | undefined },
  span?: Span,
): readonly Finding[] {
  const { min, max } = bounds;
  if (min !== undefined && count < min) return fail(`${count} ${what}, fewer than ${min}`, span);
  if (max !== undefined && count > max) return fail(`${count} ${what}, more than ${max}`, span);
  return pass(`${count} ${what}`, span);
}
