import { abstain, type ParsedVerdict } from './parsed-verdict.ts';
import { type FindStatements, matchStatements } from './statement.ts';

const number = String.raw`(-?\d{1,4}(?:\.\d{1,6})?)`;
/** Excludes numbers that are not scores: in a range or list, with more digits, or joined to a word. */
const ends = String.raw`(?![\w%]|[.,]\d| ?(?:-|–|—|to\b|or\b|and\b) ?\d)`;
const outOf = String.raw`(?: ?\/ ?(\d{1,4})| out of (\d{1,4}))?`;
const result = new RegExp(
  String.raw`\[result\][ :*_]{0,4}[(\[]{0,2}${number}[)\]]{0,2}${outOf}${ends}`,
  'gi',
);
const resultLabel = /\[result\][ :*_]{0,4}[(["']{0,2}([AB]|tie)\b(?! ?(?:\/|or|and)\b)/gi;
const rating = new RegExp(
  String.raw`\b(?:rating|score)[*_" ]{0,4}(?::|=| is | of )[*_ ]{0,4}[(\["]{0,2}${number}[)\]"]{0,2}${outOf}${ends}`,
  'gi',
);

/** `[RESULT] 4` (Prometheus), also `[RESULT] A` for pairs. */
export const findResults: FindStatements = (text) =>
  [
    ...matchStatements(text, result, (match) => scoreReading(match)),
    ...matchStatements(text, resultLabel, (match) => labelReading(match[1]!)),
  ].sort((a, b) => a.start - b.start);

/** `Rating: 7`, `Rating: 7/10`, `Rating: [[7]]`, also under the name "score". */
export const findRatings: FindStatements = (text) => matchStatements(text, rating, scoreReading);

/** `7/10` is the score 7: the rubric defines the scale. */
function scoreReading(match: RegExpExecArray): ParsedVerdict {
  const score = Number(match[1]);
  const most = match[2] ?? match[3];
  if (most !== undefined && score > Number(most)) return abstain('not_offered');
  return { outcome: 'verdict', score };
}

function labelReading(label: string): ParsedVerdict {
  if (label.toLowerCase() === 'tie') return { outcome: 'tie' };
  return { outcome: 'verdict', position: label.toUpperCase() === 'A' ? 'first' : 'second' };
}
