import type { Candidate, Item } from '../../domain/item.ts';
import type { ResponseText } from './response-text.ts';

/** The part of a response that decided a check. Offsets are UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The result of a check, with its reason. */
export interface Finding {
  readonly pass: boolean;
  readonly reason: string;
  readonly span?: Span;
  /** Which of several, for a check that stands for many. */
  readonly part?: string;
}

/** The input of a check. */
export interface Subject {
  readonly item: Item;
  readonly candidate: Candidate;
  readonly text: ResponseText;
  readonly signal: AbortSignal;
}

/** A compiled rule. An empty result means that the rule does not apply to the subject. */
export type Check = (subject: Subject) => readonly Finding[] | Promise<readonly Finding[]>;

/** A check failed to run (for example a crashed program); becomes a vote with outcome `error`. */
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

/** A passed check. */
export function pass(reason: string, span?: Span): readonly Finding[] {
  return [{ pass: true, reason, ...(span && { span }) }];
}

/** A failed check. */
export function fail(reason: string, span?: Span): readonly Finding[] {
  return [{ pass: false, reason, ...(span && { span }) }];
}

/** A finding about a count and its limits. */
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
