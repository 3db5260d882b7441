import type { Passage } from '../../ports/retriever.ts';
import { type CheckClaim, type Evidence, evidenceIn } from './claim.ts';
import { contradiction } from './contradiction.ts';
import type { ReadSentences, Sentence, Token } from './language-model.ts';
import { isName, numberOf, readStatement, type Statement } from './read-statement.ts';
import { formsOf, type SourceStatement, sourceStatements } from './source-statement.ts';
import { spareNames } from './spare-names.ts';
import { governs, verbFollows } from './verb-relations.ts';

interface Judgement {
  readonly verdict: 'supported' | 'refuted';
  readonly reason: string;
}

/** Quantifiers that a source may have beyond the claim, after its verb: who won several prizes won prizes. */
const looseWords = new Set(['several', 'many']);

/**
 * The checker without a model. It compares one claim with single sentences of the evidence and returns
 * - `supported` if the sentence states everything that the claim states (each name, number, date, verb, adjective and
 *   word of extent, after the same verb), about the same subject, with the same polarity and voice, and without an
 *   additional hedge;
 * - `refuted` if the sentence differs only in one number, one year of a unique event, or a negation;
 * - `unverifiable` otherwise. Word similarity is never sufficient: "safe" and "not safe" are similar too.
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
  return (text, passages, sentence) => {
    if (passages.length === 0) return { verdict: 'unverifiable', reason: 'no evidence' };
    const claim = claimStatement(sentence === undefined ? read(text) : [sentence]);
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
    return { verdict: 'unverifiable', reason: 'no sentence says it or denies it' };
  };
}

function claimStatement(sentences: readonly Sentence[]): Statement | null {
  return sentences.length === 1 ? readStatement(sentences[0]!) : null;
}

function compare(claim: Statement, source: SourceStatement): Judgement | null {
  if (claim.verb === null || source.verb === null || claim.content.length < 2) return null;
  if (!verbFollows(claim, source)) return null;
  const spare = spareNames(claim, source);
  if (!sameSubject(claim, source, spare)) return null;
  if (![...source.hedges].every((hedge) => claim.hedges.has(hedge) || isLoose(hedge, source))) return null;
  if ([...claim.hedges].some((hedge) => !source.hedges.has(hedge))) return null;
  if (source.negated && !saysNoMore(source, claim)) return null;
  const missing = claim.content.filter(
    (token) => token !== claim.verb && !spare.has(token) && !isKnown(token, source),
  );
  const sameExtent = [...claim.extents].every((word) => source.known.has(word));
  if (claim.negated !== source.negated) {
    return missing.length === 0 && spare.size === 0 && sameExtent && negatesTheVerb(claim, source)
      ? { verdict: 'refuted', reason: 'the evidence says the opposite' }
      : null;
  }
  if (missing.length === 0) {
    return sameExtent && sameRoles(claim, source)
      ? { verdict: 'supported', reason: 'one sentence of the evidence says all of it' }
      : null;
  }
  // with a namesake, "originally released" or "several other" both statements can be true
  if (claim.negated || !sameExtent || spare.size > 0 || source.hedges.size !== claim.hedges.size) return null;
  if (source.subject.some(({ pos }) => pos === 'ADV')) return null;
  const reason = contradiction(claim, source, missing);
  return reason === null ? null : { verdict: 'refuted', reason };
}

/** Each word before the claim's verb is also before a verb of the source, or names the topic of the passage. */
function sameSubject(claim: Statement, source: SourceStatement, spare: ReadonlySet<Token>): boolean {
  const before = new Set(source.subject.flatMap(formsOf));
  const own = new Set(claim.subject.flatMap(formsOf));
  const has = (forms: ReadonlySet<string>, token: Token) => formsOf(token).some((form) => forms.has(form));
  // "his father died" is not about him; an adverb ("primarily works") does not change the subject
  return (
    claim.subject.every((token) => spare.has(token) || has(before, token) || has(source.topic, token)) &&
    source.subject.every((token) => isName(token) || token.pos === 'ADV' || has(own, token))
  );
}

/** A negated source must not be more specific: "won no prize in 1990" does not exclude another prize. */
function saysNoMore(source: SourceStatement, claim: Statement): boolean {
  const own = new Set(claim.sentence.tokens.flatMap(formsOf));
  const named = new Set(source.subject.filter(isName));
  return source.content.every((token) => named.has(token) || formsOf(token).some((form) => own.has(form)));
}

function isLoose(hedge: string, { sentence: { tokens }, verb, negated }: SourceStatement): boolean {
  if (!looseWords.has(hedge) || negated) return false;
  const at = tokens.findIndex(({ lower }) => lower === hedge);
  return at > tokens.indexOf(verb!) && tokens[at + 1]?.lower !== 'of';
}

function isKnown(token: Token, source: SourceStatement): boolean {
  if (formsOf(token).some((form) => source.known.has(form) || (isName(token) && source.topic.has(form))))
    return true;
  const value = numberOf(token);
  return value !== null && source.numbers.has(value);
}

/** Words governed by a verb in the claim are governed by it in the source: plants absorb one gas and release another. */
function sameRoles(claim: Statement, source: SourceStatement): boolean {
  return [...claim.governors].every(([token, verb]) => {
    const forms = formsOf(token);
    const value = numberOf(token);
    const places = source.sentence.tokens.filter(
      (other) =>
        formsOf(other).some((form) => forms.includes(form)) || (value !== null && numberOf(other) === value),
    );
    // a word for the topic of the passage may be absent from the sentence
    return (
      places.length === 0 || places.some((place) => governs(verb, source.governors.get(place), claim, source))
    );
  });
}

/** The negation is directly before the verb, and the source states little else. */
function negatesTheVerb(claim: Statement, source: SourceStatement): boolean {
  const denying = claim.negated ? claim : source;
  const { tokens } = denying.sentence;
  const verbAt = tokens.indexOf(denying.verb!);
  const near = tokens.slice(Math.max(0, verbAt - 2), verbAt + 2);
  const adjacent = near.some(({ lower }) => /^(?:not|n't|n’t|never)$/.test(lower));
  return adjacent && source.content.length <= claim.content.length + 3;
}

function evidenceOf(passage: Passage, { sentence }: Statement): Evidence {
  return evidenceIn(passage, sentence.start, sentence.end);
}
