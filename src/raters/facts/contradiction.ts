import type { Token } from './language-model.ts';
import { isName, isYear, type Statement } from './read-statement.ts';
import type { SourceStatement } from './source-statement.ts';

/** Things that happen once, so that another year for them is a contradiction and not a second time. */
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
 * Why a source that says the same but for `missing` words excludes the claim: another year of something that happens
 * once, or another number of the same things. Null where both may be true.
 */
export function contradiction(
  claim: Statement,
  source: SourceStatement,
  missing: readonly Token[],
): string | null {
  // "starred in two films" leaves room for appearing in three
  if (claim.verb!.lemma !== source.verb!.lemma) return null;
  return otherYear(claim, source, missing) ?? otherNumber(claim, source, missing);
}

/** "The album" may be another one each time; an album with a name is one. */
function isSomeWork({ subject }: Statement): boolean {
  return subject.some(({ lemma }) => works.has(lemma)) && !subject.some(isName);
}

/**
 * Another year. Another day or month, and another age at death, were right on the people that were looked at and wrong
 * on those held out: what is known of a person's days differs between good sources.
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
  // further words may narrow what is counted: three seasons in one league, four in all
  if (source.content.length > claim.content.length + 1) return null;
  if (counted.length !== 1 || other === undefined || other.rough || other.value === quantity.value)
    return null;
  return `the evidence says ${other.token.text}, not ${quantity.token.text}`;
}
