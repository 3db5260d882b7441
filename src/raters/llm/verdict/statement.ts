import type { ParsedVerdict } from './parsed-verdict.ts';

/** A stretch of a reply that states a verdict in the form of its format. Offsets are UTF-16 units. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  /** An abstention stands for the right form with a content that was not offered, such as `[[A>>A]]`. */
  readonly reading: ParsedVerdict;
}

/** Finds the statements of one format in a text without invisible characters, in their order. Linear in the text. */
export type FindStatements = (text: string) => Statement[];

export function sameReading(a: ParsedVerdict, b: ParsedVerdict): boolean {
  if (a.outcome !== b.outcome) return false;
  if (a.outcome !== 'verdict' || b.outcome !== 'verdict') return true;
  if ('score' in a || 'score' in b) return 'score' in a && 'score' in b && a.score === b.score;
  return a.position === b.position && a.strength === b.strength;
}

/** The statements that a global pattern finds. */
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
