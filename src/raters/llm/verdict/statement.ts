import type { ParsedVerdict } from './parsed-verdict.ts';

/** A span of a reply that states a verdict in the required format. Offsets are UTF-16 units. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  /** An abstention for the right format with a content that was not offered, such as `[[A>>A]]`. */
  readonly reading: ParsedVerdict;
}

/** Finds the statements of one format in a visible text, in order and in linear time. */
export type FindStatements = (text: string) => Statement[];

/** Whether two statements give the same verdict. */
export function sameReading(a: ParsedVerdict, b: ParsedVerdict): boolean {
  if (a.outcome !== b.outcome) return false;
  if (a.outcome !== 'verdict' || b.outcome !== 'verdict') return true;
  if ('score' in a || 'score' in b) return 'score' in a && 'score' in b && a.score === b.score;
  return a.position === b.position && a.strength === b.strength;
}

/** The statements matched by a global pattern. */
export function matchStatements(
  text: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => ParsedVerdict | null,
): Statement[] {
  const found: Statement[] = [];
  for (const match of text.matchAll(pattern)) {
    const reading = read(match);
    if (reading === null) continue;
    found.push({ start: match.index, end: match.index + match[0].length, reading });
  }
  return found;
}
