import { abstain, type ParsedVerdict, type UnparsedReason } from './parsed-verdict.ts';

/** A span of a reply in the form of a verdict. Offsets are UTF-16 units. */
export interface Statement<Reading = ParsedVerdict> {
  readonly start: number;
  readonly end: number;
  /** An abstention for the right format with a content that was not offered, such as `[[A>>A]]`. */
  readonly reading: Reading;
  /** A score of a part of the question, such as "Style score: 3". */
  readonly partial?: true;
}

/** Finds the statements of one format in a visible text, in order and in linear time. */
export type FindStatements = (text: string) => Statement[];

/** What the settling of statements needs to know of a format. */
export interface StatementKind<Reading> {
  /**
   * How the format occurs in a sentence: `label` as a noun (`[[A]] is better than [[B]]`), `clause` as a whole statement
   * (`Rating: 4`), `object` as a JSON object, which is often fenced.
   */
  readonly form: 'label' | 'clause' | 'object';
  readonly same: (a: Reading, b: Reading) => boolean;
  readonly unread: (reason: UnparsedReason) => Reading;
}

/** The settling of verdicts of one form. */
export function verdictKind(form: StatementKind<ParsedVerdict>['form']): StatementKind<ParsedVerdict> {
  return { form, same: sameReading, unread: abstain };
}

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
