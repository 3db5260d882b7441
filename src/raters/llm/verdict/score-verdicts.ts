import { abstain, type ParsedVerdict } from './parsed-verdict.ts';
import { matchStatements, type Statement } from './statement.ts';

/** Lowest and highest score that the question offers; undefined if unknown. */
export type Scale = readonly [min: number, max: number] | undefined;

const number = String.raw`(-?\d{1,4}(?:\.\d{1,6})?)`;
/** Excludes numbers that are not scores: in a range, list or change, with more digits, or joined to a word. */
const ends = String.raw`(?![\w+±]|[.,]\d| ?(?:-|–|—|→|->|~|±|,|to\b|or\b|and\b) ?\d)`;
const unit = String.raw`(?:[ -]?(?:stars?|points?|pts)\b)?`;
/** A scale that a score names: `/10`, `out of 10`, `(out of 10)`, `on a scale of 1 to 10`, `%`. */
const ownScale = String.raw`(?:[*_]{0,3} ?\/ ?[*_]{0,3}(\d{1,4})|[,;]? ?\(? ?(?:out of|of|from|max(?:imum)?(?: of)?:?|on (?:a|the) scale (?:of|from)) (?:a |the )?(?:possible |total |maximum )?(?:\d{1,3} ?(?:-|–|to) ?)?(\d{1,4})\b|( ?%| percent\b| per cent\b))?`;
const score = `${number}[*_]{0,3}${unit}[)\\]"]{0,2}${ownScale}${ends}`;

const result = new RegExp(String.raw`\[result\][ :*_]{0,4}[(\[]{0,2}${score}[)\]]{0,2}`, 'gi');
const resultLabel = /\[result\][ :*_]{0,4}[(["']{0,2}([AB]|tie)\b(?! ?(?:\/|or|and)\b)/gi;
const rating = new RegExp(
  String.raw`\b(?:rating|score)[*_" ]{0,4}(?::|=| is | of )[*_ ]{0,4}[(\["]{0,2}${score}[)\]"]{0,2}`,
  'gi',
);
/** Words before "rating" that make it the rating of the whole response. */
const whole =
  /(?:^|[.!?:;,\n|>(\-–—•]|\b(?:overall|final|total|my|the|a|an|this|its|it|give|given|assign(?:ed)?|award(?:ed)?|with|and|is|as|so|therefore|thus|hence|response|answer|numeric(?:al)?|integer|resulting|following|single|verdict)\b)[\s*_#"'`\d.)]*$/i;

/** `[RESULT] 4` (Prometheus), also `[RESULT] A` for pairs. */
export function findResults(text: string, scale: Scale): Statement[] {
  return [
    ...matchStatements(text, result, (match) => scoreReading(match, scale)),
    ...matchStatements(text, resultLabel, (match) => labelReading(match[1]!)),
  ].sort((a, b) => a.start - b.start);
}

/** `Rating: 7`, `Rating: 7/10`, `Rating: [[7]]`, also under the name "score". "Style score: 3" rates a part. */
export function findRatings(text: string, scale: Scale): Statement[] {
  return matchStatements(text, rating, (match) => scoreReading(match, scale)).map((found) => {
    const before = text.slice(Math.max(0, found.start - 60), found.start);
    return whole.test(before) ? found : { ...found, partial: true };
  });
}

function scoreReading(match: RegExpExecArray, scale: Scale): ParsedVerdict {
  const [, stated, slash, words, percent] = match;
  return readScore(Number(stated), percent === undefined ? (slash ?? words) : '100', scale);
}

/** A score with the highest score of the scale that it names; one on another scale than the rubric's is not offered. */
export function readScore(stated: number, most: string | undefined, scale: Scale): ParsedVerdict {
  if (most !== undefined && (stated > Number(most) || (scale !== undefined && Number(most) !== scale[1])))
    return abstain('not_offered');
  return { outcome: 'verdict', score: stated };
}

function labelReading(label: string): ParsedVerdict {
  if (label.toLowerCase() === 'tie') return { outcome: 'tie' };
  return { outcome: 'verdict', position: label.toUpperCase() === 'A' ? 'first' : 'second' };
}
