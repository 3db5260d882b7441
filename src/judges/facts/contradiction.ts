import type { Token } from './language-model.ts';
import { isName, isYear, type Statement } from './read-statement.ts';
import type { SourceStatement } from './source-statement.ts';

/** Things that happen once, so that another date for them is a contradiction and not a second time. */
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
const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

/**
 * Why a source that says the same but for `missing` words excludes the claim: another date of something that happens
 * once, or another number of the same things. Null where both may be true.
 */
export function contradiction(
  claim: Statement,
  source: SourceStatement,
  missing: readonly Token[],
): string | null {
  // "starred in two films" leaves room for appearing in three
  if (claim.verb!.lemma !== source.verb!.lemma) return null;
  return otherDate(claim, source, missing) ?? otherNumber(claim, source, missing);
}

/** "The album" may be another one each time; an album with a name is one. */
function isSomeWork({ subject }: Statement): boolean {
  return subject.some(({ lemma }) => works.has(lemma)) && !subject.some(isName);
}

interface WrittenDate {
  readonly year: string;
  readonly month: number | null;
  readonly day: number | null;
}

function otherDate(claim: Statement, source: SourceStatement, missing: readonly Token[]): string | null {
  if (!missing.every(isDatePart)) return null;
  const { lemma } = claim.verb!;
  if (!onceVerbs.has(lemma) || isSomeWork(claim)) return null;
  const [said, known] = [dateOf(claim), dateOf(source)];
  if (said === null || known === null) return null;
  if (said.year !== known.year) return `the evidence says ${known.year}, not ${said.year}`;
  // a film comes out on another day in another country
  if (lemma !== 'bear' && lemma !== 'die') return null;
  const differs = (['month', 'day'] as const).some(
    (part) => said[part] !== null && known[part] !== null && said[part] !== known[part],
  );
  return differs ? `the evidence says ${written(known)}, not ${written(said)}` : null;
}

/** The one date of a statement; null where it has none, several, or only about one. */
function dateOf({ sentence: { tokens }, years }: Statement): WrittenDate | null {
  const [year, ...more] = years;
  if (year === undefined || more.length > 0 || tokens.some(({ lower }) => vague.has(lower))) return null;
  const named = tokens.filter(({ lower, pos }) => months.includes(lower) && pos !== 'AUX');
  if (named.length > 1) return null;
  const [month] = named;
  if (month === undefined) return { year: year.text, month: null, day: null };
  const at = tokens.indexOf(month);
  // "10 December", "December 10", "December 10th"
  const days = [tokens[at - 1], tokens[at + 1]].map((token) => dayOf(token)).filter((day) => day !== null);
  return {
    year: year.text,
    month: months.indexOf(month.lower),
    day: days.length === 1 ? days[0]! : null,
  };
}

function written({ year, month, day }: WrittenDate): string {
  const name = month === null ? '' : `${months[month]![0]!.toUpperCase()}${months[month]!.slice(1)} `;
  return `${day === null ? '' : `${day} `}${name}${year}`;
}

function dayOf(token: Token | undefined): number | null {
  const day = Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(token?.text ?? '')?.[1] ?? Number.NaN);
  return day >= 1 && day <= 31 ? day : null;
}

function isDatePart(token: Token): boolean {
  return isYear(token) || months.includes(token.lower) || dayOf(token) !== null;
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
