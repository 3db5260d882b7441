import { abstain, type ParsedVerdict } from './parsed-verdict.ts';
import { type FindStatements, matchStatements } from './statement.ts';

const labels: Readonly<Record<string, ParsedVerdict>> = {
  A: { outcome: 'verdict', position: 'first' },
  B: { outcome: 'verdict', position: 'second' },
  C: { outcome: 'tie' },
  TIE: { outcome: 'tie' },
};

/** `[[A]]`, `[[B]]`, and `[[C]]` or `[[Tie]]` for a tie (MT-Bench). */
export const findBrackets: FindStatements = (text) =>
  matchStatements(text, /\[\[ {0,2}([A-Za-z]|tie) {0,2}\]\]/gi, (match) => {
    return labels[match[1]!.toUpperCase()] ?? abstain('not_offered');
  });

/** `[[A>>B]]` `[[A>B]]` `[[A=B]]` `[[B>A]]` `[[B>>A]]` (Arena-Hard); `<` is accepted too. */
export const findArenaHard: FindStatements = (text) =>
  matchStatements(text, /\[\[ {0,2}([AB]) {0,2}([<>=]{1,3}) {0,2}([AB]) {0,2}\]\]/g, (match) => {
    return gradedReading(match[1]!, match[2]!, match[3]!);
  });

/** The verdict of a graded comparison such as `A>>B`. */
export function gradedReading(left: string, sign: string, right: string): ParsedVerdict {
  if (left === right) return abstain('not_offered');
  if (/^={1,2}$/.test(sign)) return { outcome: 'tie' };
  if (!/^(?:>{1,2}|<{1,2})$/.test(sign)) return abstain('not_offered');
  const better = sign.startsWith('>') ? left : right;
  return {
    outcome: 'verdict',
    position: better === 'A' ? 'first' : 'second',
    strength: sign.length === 2 ? 2 : 1,
  };
}
