import { type Marking, markings } from './quotations.ts';
import type { Statement, StatementKind } from './statement.ts';
import { corrects, type StatementUse, useOf } from './statement-use.ts';

/** What may follow the final statement of a reply: markup and punctuation. */
const closing = /^[\s*_.!)\]}$\\"”’'`~|]*$/;

/** A reply with more statements repeats itself without end. */
const mostStatements = 2000;

interface Used<Reading> extends Statement<Reading> {
  readonly use: StatementUse;
  readonly marking: Marking;
}

/**
 * The verdict of a reply's statements.
 * 1. Own statements are those that are stated or declared and not marked off as a quotation.
 * 2. Own statements that agree are the verdict, unless the reply also negates it.
 * 3. If they differ, the last one counts only if it ends the reply and either corrects the others in words or is the
 *    only one declared as final. Otherwise the judge contradicts itself.
 * 4. Without own statements, one that stands alone in a fence, backticks or quotation marks counts.
 *
 * @param echoes whether a statement also stands in a text that the judge was shown: such a one corrects nothing
 */
export function settle<Reading>(
  text: string,
  statements: readonly Statement<Reading>[],
  kind: StatementKind<Reading>,
  echoes: (statement: Statement<Reading>) => boolean = () => false,
): Reading {
  if (statements.length > mostStatements) return kind.unread('conflicting');
  const used = classify(text, statements, kind);
  const clean = used.filter(({ use }) => use === 'stated' || use === 'declared' || use === 'final');
  const unmarked = clean.filter(({ marking }) => marking === 'none');
  const own = unmarked.length > 0 ? unmarked : marked(text, used, clean, kind);
  const last = own.at(-1);
  if (last === undefined) return kind.unread(differ(used, kind) ? 'conflicting' : 'no_verdict');
  if (differ(own, kind) && !supersedes(text, own, kind, echoes)) return kind.unread('conflicting');
  const isNegated = used.some(({ use, reading }) => use === 'negated' && kind.same(reading, last.reading));
  return isNegated ? kind.unread('conflicting') : last.reading;
}

function classify<Reading>(
  text: string,
  statements: readonly Statement<Reading>[],
  kind: StatementKind<Reading>,
): Used<Reading>[] {
  const marks = markings(
    text,
    statements.map(({ start, end }) => [start, end]),
  );
  return statements.map((statement, index) => {
    const previous = statements[index - 1];
    const between = previous === undefined ? '' : text.slice(previous.end, statement.start);
    const followsOther =
      previous !== undefined &&
      !kind.same(previous.reading, statement.reading) &&
      between.length < 400 &&
      !/[.!?;:\n。]/.test(between) &&
      !corrects(between);
    // What an object says is its own affair and none of the sentence after it.
    const from = kind.form === 'object' ? (previous?.end ?? 0) : 0;
    const use = useOf(statement, { text, from, followsOther }, kind.form);
    return { ...statement, use, marking: marks[index]! };
  });
}

/** Only markup and a mark between the beginning of the line, or the line of a fence, and the statement. */
const opensLine = /(?:^|\n)[\s*_~"'“„‘«`]*(?:```\w*\n\s*)?(?:[“"]my final verdict is[^\n]*)?$/i;

/**
 * The statements that are marked off, if they may be the judge's own: declared, or on a line of their own. The last one
 * ends the reply; a JSON object may be followed by words.
 */
function marked<Reading>(
  text: string,
  used: readonly Used<Reading>[],
  clean: readonly Used<Reading>[],
  { form }: StatementKind<Reading>,
): readonly Used<Reading>[] {
  const last = clean.at(-1);
  if (last === undefined || last !== used.at(-1) || last.marking !== 'tight') return [];
  if (form !== 'object' && !closing.test(text.slice(last.end))) return [];
  return clean.filter(
    ({ marking, use, start }) =>
      marking === 'tight' &&
      (use !== 'stated' || opensLine.test(text.slice(Math.max(0, start - 120), start))),
  );
}

function supersedes<Reading>(
  text: string,
  own: readonly Used<Reading>[],
  kind: StatementKind<Reading>,
  echoes: (statement: Statement<Reading>) => boolean,
): boolean {
  const last = own.at(-1)!;
  const others = own.filter(({ reading }) => !kind.same(reading, last.reading));
  const other = others.at(-1)!;
  if (!closing.test(text.slice(last.end)) || echoes(last)) return false;
  if (corrects(text.slice(other.end, last.start))) return true;
  return last.use === 'final' && others.every(({ use }) => use === 'stated');
}

function differ<Reading>(
  statements: readonly Statement<Reading>[],
  { same }: StatementKind<Reading>,
): boolean {
  return statements.some(({ reading }) => !same(reading, statements[0]!.reading));
}
