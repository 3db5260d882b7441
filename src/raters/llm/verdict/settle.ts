import { abstain, type ParsedVerdict } from './parsed-verdict.ts';
import { ownStatements } from './quotations.ts';
import { type Statement, sameReading } from './statement.ts';

/** What may follow the words that close a reply: markup and full stops. */
export const closing = /^[\s*_.!)\]}]*$/;
const closingInMarks = /^[\s*_.!)\]}"”'`~]*$/;
/**
 * A mark of quotation, and between it and the statement nothing but markup; or a line that is one quotation and
 * begins with the words in which Arena-Hard's prompt shows its verdicts, in quotation marks.
 */
const openingMark = /(?:["“`]|```\w*\n|(?:^|\n)[ *_]{0,4}["“]my final verdict is[^"“”\n]{0,60})[\s*_]*$/i;

/**
 * The one verdict that the statements of a reply amount to.
 * - The judge's own words count; its quotations do not.
 * - Statements that differ are settled by the last one, and only where it closes the reply.
 * - `marksQuote` is false where fences and quotation marks belong to the format (JSON): then nothing is a quotation.
 * - Where there are no own statements, a verdict set in marks by itself (`` `[[A]]` ``) counts if it closes the reply.
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
