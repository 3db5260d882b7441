import type { Token } from './language-model.ts';
import { isName, isYear, type Statement } from './read-statement.ts';
import type { SourceStatement } from './source-statement.ts';

/** Verbs of unique events, for which another year is a contradiction. */
const onceVerbs = new Set(
  'bear die found establish release publish premiere open launch retire debut invent discover build complete'.split(
    ' ',
  ),
);
const works = new Set(
  'album single song film movie book novel series show season episode game edition version'.split(' '),
);
const vague = new Set(
  'about approximately around circa c. ca ca. roughly before after by between'.split(' '),
);
const months = new Set(
  'january february march april may june july august september october november december'.split(' '),
);

/**
 * Why a source that differs from the claim in the `missing` words excludes it: another year of a unique event, or
 * another number of the same things. Null if both can be true.
 */
export function contradiction(
  claim: Statement,
  source: SourceStatement,
  missing: readonly Token[],
): string | null {
  // "starred in two films" does not exclude appearing in three
  if (claim.verb!.lemma !== source.verb!.lemma) return null;
  return otherYear(claim, source, missing) ?? otherNumber(claim, source, missing);
}

/** "The album" can refer to several works; a named album is one. */
function isSomeWork({ subject }: Statement): boolean {
  return subject.some(({ lemma }) => works.has(lemma)) && !subject.some(isName);
}

/**
 * Another year. Other days, months and ages at death are not used: on held-out persons they were unreliable, because
 * good sources disagree on them.
 */
function otherYear(claim: Statement, source: SourceStatement, missing: readonly Token[]): string | null {
  if (!missing.every(isDatePart) || !onceVerbs.has(claim.verb!.lemma) || isSomeWork(claim)) return null;
  const [year, ...more] = claim.years;
  const [other, ...others] = source.years;
  if (year === undefined || other === undefined || more.length + others.length > 0) return null;
  if (year.text === other.text || isVague(claim) || isVague(source)) return null;
  return `the evidence says ${other.text}, not ${year.text}`;
}

function isVague({ sentence: { tokens } }: Statement): boolean {
  return tokens.some(({ lower }) => vague.has(lower));
}

function isDatePart(token: Token): boolean {
  return isYear(token) || months.has(token.lower) || /^\d{1,2}(?:st|nd|rd|th)?$/.test(token.text);
}

function otherNumber(claim: Statement, source: SourceStatement, missing: readonly Token[]): string | null {
  const [only, ...more] = missing;
  const quantity = claim.quantities.find(({ token }) => token === only);
  if (quantity === undefined || more.length > 0 || quantity.rough || quantity.unit === null) return null;
  const counted = source.quantities.filter(({ unit }) => unit === quantity.unit);
  const [other] = counted;
  // additional words may restrict what is counted: three seasons in one league, four in total
  if (source.content.length > claim.content.length + 1) return null;
  if (counted.length !== 1 || other === undefined || other.rough || other.value === quantity.value)
    return null;
  return `the evidence says ${other.token.text}, not ${quantity.token.text}`;
}
