import type { Token } from './language-model.ts';
import { isName, type Statement } from './read-statement.ts';
import { formsOf, type SourceStatement } from './source-statement.ts';

const titles: ReadonlySet<string> = new Set(
  'sir dame lord lady dr dr. mr mr. mrs mrs. ms ms. prof prof. professor rev rev.'.split(' '),
);

/**
 * Words of a claim's subject that a source may omit, because the rest identifies the same person: titles, honours
 * after the name (PC, OBE), and middle names if first and last name are present. Initials, Jr. and numerals distinguish
 * persons and are never omitted, nor are parts of a name with an article, which is not a person's.
 */
export function spareNames(claim: Statement, source: SourceStatement): ReadonlySet<Token> {
  const { tokens } = claim.sentence;
  const start = tokens.findIndex(isName);
  const spare = new Set<Token>();
  if (start === -1 || !claim.subject.includes(tokens[start]!)) return spare;
  if (/^(?:the|a|an|of)$/.test(tokens[start - 1]?.lower ?? '')) return spare;
  const after = tokens.findIndex((token, index) => index > start && !isName(token));
  let name = tokens.slice(start, after === -1 ? tokens.length : after);
  while (name.length > 1 && titles.has(name[0]!.lower)) {
    spare.add(name[0]!);
    name = name.slice(1);
  }
  while (name.length > 2 && /^\p{Lu}{2,}$/u.test(name.at(-1)!.text) && !isNumeral(name.at(-1)!)) {
    spare.add(name.at(-1)!);
    name = name.slice(0, -1);
  }
  const [first, last] = [name[0]!, name.at(-1)!];
  if (name.length > 2 && adjacent(first, last, source)) {
    for (const middle of name.slice(1, -1))
      if (/^\p{Lu}[\p{Ll}'’-]{2,}$/u.test(middle.text)) spare.add(middle);
  }
  return spare;
}

/** Whether the source names the person by first and last name only, without an article. */
function adjacent(first: Token, last: Token, { sentence: { tokens } }: SourceStatement): boolean {
  return tokens.some(
    (token, index) =>
      same(token, first) &&
      tokens[index + 1] !== undefined &&
      same(tokens[index + 1]!, last) &&
      !isName(tokens[index + 2] ?? { ...token, pos: '' }) &&
      !/^(?:the|a|an)$/.test(tokens[index - 1]?.lower ?? ''),
  );
}

function same(one: Token, other: Token): boolean {
  return formsOf(one).some((form) => formsOf(other).includes(form));
}

function isNumeral({ text }: Token): boolean {
  return /^[IVX]+$/.test(text);
}
