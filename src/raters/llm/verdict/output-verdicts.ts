import type { ParsedVerdict } from './parsed-verdict.ts';
import { type FindStatements, matchStatements, type Statement } from './statement.ts';

/** The sentence that the format requires, with optional markup around the label; "is better written" does not match. */
const better = /\boutput \(([ab])\)[*_`"]{0,3} is (?:the )?better\b(?! [a-z]{1,20}(?:ed|en|ly)\b)/gi;
/** Words directly before the sentence that make it a part of another one. */
const subordinate = /\b(?:neither|nor|or|whether|if|unless)[ ,"“*_]*$/i;
/** A line with only the label. */
const aloneOnLine = /^[ \t>#*_`"]{0,8}output \(([ab])\)[*_`".]{0,4}[ \t]*$/gim;

/** The word "tie" alone on a line; an unpaired closing quotation mark belongs to a quotation. */
const tieAlone = /\n[ *_`]{0,4}("?)[ *_`]{0,4}tie[ *_`.]{0,4}\1[ *_`.]{0,4}$/i;

/**
 * "Output (a)" alone on the first or last line, or "Output (a) is better" anywhere (LLMBar).
 * A tie is the line "Tie" at the end.
 */
export const findOutputs: FindStatements = (text) => {
  const found = matchStatements(text, better, (match) => {
    const before = text.slice(Math.max(0, match.index - 24), match.index);
    return subordinate.test(before) ? null : reading(match[1]!);
  });
  return [...found, ...labelLines(text), ...tieLine(text)].sort((a, b) => a.start - b.start);
};

function labelLines(text: string): Statement[] {
  const end = text.trimEnd().length;
  const start = text.length - text.trimStart().length;
  const found: Statement[] = [];
  for (const line of text.matchAll(aloneOnLine)) {
    const label = line[1]!;
    const isLast = line.index + line[0].trimEnd().length >= end;
    // "Output (a)" on the first line may be a heading: then the other output has its own line.
    if (!isLast && (line.index > start || !headsNothingElse(text, label))) continue;
    const at = line.index + line[0].search(/output/i);
    found.push({ start: at, end: at + 'output (a)'.length, reading: reading(label) });
  }
  return found;
}

function headsNothingElse(text: string, label: string): boolean {
  const other = label.toLowerCase() === 'a' ? 'b' : 'a';
  return !new RegExp(`^[ \\t>#*_]*output \\(${other}\\)`, 'im').test(text);
}

function tieLine(text: string): Statement[] {
  const whole = text.trimEnd();
  const match = tieAlone.exec(`\n${whole}`.slice(-40));
  if (match === null) return [];
  const end = whole.length;
  return [{ start: end - match[0].trimStart().length, end, reading: { outcome: 'tie' } }];
}

function reading(label: string): ParsedVerdict {
  return { outcome: 'verdict', position: label.toLowerCase() === 'a' ? 'first' : 'second' };
}
