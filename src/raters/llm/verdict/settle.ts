import { abstain, type ParsedVerdict } from './parsed-verdict.ts';
import { ownStatements } from './quotations.ts';
import { type Statement, sameReading } from './statement.ts';

/** What may follow the final statement of a reply: markup and punctuation. */
export const closing = /^[\s*_.!)\]}]*$/;
const closingInMarks = /^[\s*_.!)\]}"”'`~]*$/;
/**
 * A quotation mark with only markup between it and the statement, or a quoted line that begins with the words of
 * Arena-Hard's prompt, which shows its verdicts in quotation marks.
 */
const openingMark = /(?:["“`]|```\w*\n|(?:^|\n)[ *_]{0,4}["“]my final verdict is[^"“”\n]{0,60})[\s*_]*$/i;

/**
 * The final verdict of a reply's statements.
 * - The judge's own words count, quotations do not.
 * - If statements differ, the last one counts, and only if it ends the reply.
 * - `marksQuote` is false if fences and quotation marks belong to the format (JSON): then nothing is a quotation.
 * - Without own statements, a verdict that is quoted alone (`` `[[A]]` ``) counts if it ends the reply.
 */
export function settle(text: string, statements: readonly Statement[], marksQuote: boolean): ParsedVerdict {
  const last = statements.at(-1);
  if (last === undefined) return abstain('no_verdict');
  const closes = closing.test(text.slice(last.end));
  const own = marksQuote ? ownStatements(text, statements, closes ? last : null) : statements;
  const lastOwn = own.at(-1);
  if (lastOwn === undefined) return marked(text, last) ? last.reading : abstain('no_verdict');
  if (own.every((statement) => sameReading(statement.reading, lastOwn.reading))) return lastOwn.reading;
  return closes && lastOwn === last ? lastOwn.reading : abstain('conflicting');
}

function marked(text: string, statement: Statement): boolean {
  const before = text.slice(Math.max(0, statement.start - 100), statement.start);
  return openingMark.test(before) && closingInMarks.test(text.slice(statement.end));
}
