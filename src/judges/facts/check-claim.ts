import type { Passage } from '../../ports/retriever.ts';
import type { CheckClaim, Evidence } from './claim.ts';
import type { ReadSentences, Token } from './language-model.ts';
import { isName, isYear, numberOf, readStatement, type Statement } from './read-statement.ts';

interface Judgement {
  readonly verdict: 'supported' | 'refuted';
  readonly reason: string;
}

/** Things that happen once, so that another year for them is a contradiction and not a second time. */
const onceVerbs = new Set([
  'bear',
  'die',
  'found',
  'establish',
  'release',
  'publish',
  'premiere',
  'open',
  'launch',
  'retire',
  'debut',
  'invent',
  'discover',
  'build',
  'complete',
]);
/** Short words that still tell two statements apart. */
const months = new Set(
  'january february march april may june july august september october november december'.split(' '),
);

/**
 * The checker without a model. It compares one claim with single sentences of the evidence and says
 * - `supported` where the sentence says everything that the claim says (each name, number, date, verb, adjective and
 *   word of extent, behind the same verb), about the same subject, with the same polarity and voice, and without a
 *   hedge of its own;
 * - `refuted` where the sentence says the same but for one number, year or negation;
 * - `unverifiable` in every other case. Likeness of words is never enough: "safe" and "not safe" have it too.
 */
export function createClaimChecker(read: ReadSentences): CheckClaim {
  const statements = new WeakMap<Passage, readonly SourceStatement[]>();
  const statementsOf = (passage: Passage) => {
    let known = statements.get(passage);
    if (known === undefined) {
      known = sourceStatements(passage, read);
      statements.set(passage, known);
    }
    return known;
  };
  return (text, passages) => {
    const claim = claimStatement(text, read);
    if (claim === null)
      return { verdict: 'unverifiable', reason: 'too complex for the checker without a model' };
    let refuted: { readonly reason: string; readonly evidence: Evidence } | null = null;
    for (const passage of passages) {
      for (const source of statementsOf(passage)) {
        const judgement = compare(claim, source);
        if (judgement?.verdict === 'supported') {
          return { verdict: 'supported', reason: judgement.reason, evidence: evidenceOf(passage, source) };
        }
        if (judgement !== null)
          refuted ??= { reason: judgement.reason, evidence: evidenceOf(passage, source) };
      }
    }
    if (refuted !== null) return { verdict: 'refuted', ...refuted };
    return {
      verdict: 'unverifiable',
      reason: passages.length === 0 ? 'no evidence' : 'no sentence says it or denies it',
    };
  };
}

interface SourceStatement extends Statement {
  /** Lemmas and lower-case words of the sentence. */
  readonly known: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  /** Whom the passage is about, for sentences whose subject is a pronoun. */
  readonly topic: ReadonlySet<string>;
}

function claimStatement(text: string, read: ReadSentences): Statement | null {
  const sentences = read(text);
  return sentences.length === 1 ? readStatement(sentences[0]!) : null;
}

function sourceStatements(passage: Passage, read: ReadSentences): readonly SourceStatement[] {
  let topic: ReadonlySet<string> = new Set();
  return read(passage.text).map((sentence) => {
    const statement = readStatement(sentence);
    const names = statement.subject.filter(isName);
    const [first] = sentence.tokens;
    const pronoun = first !== undefined && /^(?:he|she|it|they|his|her|its|their)$/.test(first.lower);
    if (names.length > 0 && !pronoun) topic = new Set(names.flatMap(formsOf));
    return {
      ...statement,
      known: new Set(sentence.tokens.flatMap(formsOf)),
      numbers: new Set(sentence.tokens.map(numberOf).filter((value) => value !== null)),
      topic: pronoun ? topic : new Set(),
    };
  });
}

function formsOf({ lower, lemma }: Token): readonly string[] {
  return lower === lemma ? [lower] : [lower, lemma];
}

function compare(claim: Statement, source: SourceStatement): Judgement | null {
  if (claim.verb === null || source.verb === null || claim.content.length < 2) return null;
  if (!sameSubject(claim, source) || !sameVerb(claim, source)) return null;
  if ([...source.hedges].some((hedge) => !claim.hedges.has(hedge))) return null;
  if ([...claim.hedges].some((hedge) => !source.hedges.has(hedge))) return null;
  const missing = claim.content.filter((token) => !isKnown(token, source));
  const sameExtent = [...claim.extents].every((word) => source.known.has(word));
  if (claim.negated !== source.negated) {
    return missing.length === 0 && sameExtent && negatesTheVerb(claim, source)
      ? { verdict: 'refuted', reason: 'the evidence says the opposite' }
      : null;
  }
  if (missing.length === 0) {
    return sameExtent && sameRoles(claim, source)
      ? { verdict: 'supported', reason: 'one sentence of the evidence says all of it' }
      : null;
  }
  if (claim.negated || !sameExtent) return null;
  return otherYear(claim, source, missing) ?? otherNumber(claim, source, missing);
}

/** Each word before the claim's verb stands before a verb of the source too, or names whom the passage is about. */
function sameSubject(claim: Statement, source: SourceStatement): boolean {
  const before = new Set(source.subject.flatMap(formsOf));
  const own = new Set(claim.subject.flatMap(formsOf));
  const has = (forms: ReadonlySet<string>, token: Token) => formsOf(token).some((form) => forms.has(form));
  // "his father died" says nothing of him
  return (
    claim.subject.every((token) => has(before, token) || has(source.topic, token)) &&
    source.subject.every((token) => isName(token) || has(own, token))
  );
}

function sameVerb(claim: Statement, source: SourceStatement): boolean {
  if (claim.verb!.lemma === 'be') return source.sentence.tokens.some(({ lemma }) => lemma === 'be');
  return claim.verb!.lemma === source.verb!.lemma && claim.passive === source.passive;
}

function isKnown(token: Token, source: SourceStatement): boolean {
  if (formsOf(token).some((form) => source.known.has(form) || (isName(token) && source.topic.has(form))))
    return true;
  const value = numberOf(token);
  return value !== null && source.numbers.has(value);
}

/** Plants take in one gas and release another: what stands behind a verb in the claim does so in the source. */
function sameRoles(claim: Statement, source: SourceStatement): boolean {
  return [...claim.governors].every(([token, verb]) => {
    const forms = formsOf(token);
    const value = numberOf(token);
    const places = source.sentence.tokens.filter(
      (other) =>
        formsOf(other).some((form) => forms.includes(form)) || (value !== null && numberOf(other) === value),
    );
    // a word that names whom the passage is about has no place of its own
    return places.length === 0 || places.some((place) => source.governors.get(place) === verb);
  });
}

/** The one that denies puts its negation right before the verb, and the source says little beside. */
function negatesTheVerb(claim: Statement, source: SourceStatement): boolean {
  const denying = claim.negated ? claim : source;
  const { tokens } = denying.sentence;
  const verbAt = tokens.indexOf(denying.verb!);
  const near = tokens.slice(Math.max(0, verbAt - 2), verbAt + 2);
  const adjacent = near.some(({ lower }) => /^(?:not|n't|n’t|never)$/.test(lower));
  return adjacent && source.content.length <= claim.content.length + 3;
}

function otherYear(claim: Statement, source: SourceStatement, missing: readonly Token[]): Judgement | null {
  if (!missing.every((token) => isYear(token) || months.has(token.lower) || /^\d{1,2}$/.test(token.text)))
    return null;
  const [year, ...more] = claim.years;
  const [other, ...others] = source.years;
  if (
    year === undefined ||
    other === undefined ||
    more.length + others.length > 0 ||
    year.text === other.text
  )
    return null;
  if (!onceVerbs.has(claim.verb!.lemma) || claim.verb!.lemma !== source.verb!.lemma) return null;
  return { verdict: 'refuted', reason: `the evidence says ${other.text}, not ${year.text}` };
}

function otherNumber(claim: Statement, source: SourceStatement, missing: readonly Token[]): Judgement | null {
  const [only, ...more] = missing;
  const quantity = claim.quantities.find(({ token }) => token === only);
  if (quantity === undefined || more.length > 0 || quantity.rough || quantity.unit === null) return null;
  const counted = source.quantities.filter(({ unit }) => unit === quantity.unit);
  const [other] = counted;
  // further words may narrow what is counted: three seasons in one league, four in all
  if (source.content.length > claim.content.length + 1) return null;
  if (counted.length !== 1 || other === undefined || other.rough || other.value === quantity.value)
    return null;
  return {
    verdict: 'refuted',
    reason: `the evidence says ${other.token.text}, not ${quantity.token.text}`,
  };
}

function evidenceOf(passage: Passage, { sentence }: Statement): Evidence {
  return {
    source: passage.source,
    start: passage.start + sentence.start,
    end: passage.start + sentence.end,
    text: sentence.text,
  };
}
