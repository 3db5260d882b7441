import type { Claim } from './claim.ts';
import type { Sentence, Token } from './language-model.ts';
import { isName } from './read-statement.ts';

/** A response split into claims. */
export interface SplitResponse {
  readonly claims: readonly Claim[];
  /** The response states that it does not know. */
  readonly abstains: boolean;
}

const abstentions =
  /\b(?:I (?:do not|don['’]t) (?:know|have (?:any |enough |reliable )?(?:information|data|details))|I(?: am|['’]m) (?:not sure|unsure|not certain|unable to (?:find|verify|confirm|answer))|I (?:can(?:no|['’])?t|can’t|could not|couldn['’]t) (?:find|verify|confirm|say for sure|answer)|there is no (?:reliable |available )?information|(?:it is|it's) (?:unclear|unknown|not known))\b/i;
/** Opinions, advice and meta comments, which no source can decide. */
const noClaims =
  /^(?:I|we|you|my|our|your|let['’]?s|please|sure|certainly|of course|here (?:is|are)|this (?:answer|response|list)|hope|feel free|thank|thanks|note that|remember|overall,|in conclusion)\b|\b(?:in my opinion|I (?:think|believe|feel)|you (?:should|can|could|may|might)|should)\b/i;
const subjectPronouns = /^(?:he|she|it|they)$/;
const possessives = /^(?:his|her|its|their)$/;

/**
 * Splits a response into claims without a model: sentences, then coordinated and relative clauses. A clause without a
 * subject gets the subject of its sentence, a pronoun the last mentioned name.
 * @param about the referent of pronouns before the first name
 */
export function splitClaims(sentences: readonly Sentence[], about: string | null = null): SplitResponse {
  const claims: Claim[] = [];
  let topic = about;
  let abstains = false;
  for (const sentence of sentences) {
    abstains ||= saysItDoesNotKnow(sentence.text);
    if (!isStatement(sentence)) continue;
    const subject = subjectName(sentence);
    for (const clause of clausesOf(sentence)) {
      const text = selfContained(clause, topic);
      claims.push({ text, start: sentence.start, end: sentence.end });
    }
    topic = subject ?? topic;
  }
  return { claims, abstains };
}

/** Whether a sentence states that its author does not know. */
export function saysItDoesNotKnow(sentence: string): boolean {
  return abstentions.test(sentence);
}

/** The first sequence of names in a text, taken as the topic of a question. */
export function firstName(sentences: readonly Sentence[]): string | null {
  for (const { tokens } of sentences) {
    const start = tokens.findIndex(
      (token, index) => isName(token) && (index > 0 || isName(tokens[1] ?? token)),
    );
    if (start === -1) continue;
    const end = tokens.findIndex((token, index) => index > start && !isName(token));
    return joined(tokens.slice(start, end === -1 ? tokens.length : end));
  }
  return null;
}

function isStatement({ text, tokens }: Sentence): boolean {
  if (/[?:]\s*$/.test(text) || noClaims.test(text) || abstentions.test(text)) return false;
  const words = tokens.filter(({ pos }) => pos !== 'PUNCT');
  if (words.length < 3 || words[0]!.pos === 'VERB') return false;
  return words.some(({ pos }) => pos === 'VERB' || pos === 'AUX');
}

function subjectName({ tokens }: Sentence): string | null {
  const verb = tokens.findIndex(isVerb);
  const start = tokens.findIndex(isName);
  if (start === -1 || (verb !== -1 && start > verb)) return null;
  const end = tokens.findIndex((token, index) => index > start && !isName(token));
  return joined(tokens.slice(start, end === -1 ? tokens.length : end));
}

/** Splits at `;`, and at `and`, `but`, `who`, `which` where a verb follows, so that each part can carry the subject. */
function clausesOf(sentence: Sentence): readonly (readonly Token[])[] {
  const tokens = sentence.tokens.filter(
    (token, index) => !(token.pos === 'PUNCT' && index === sentence.tokens.length - 1),
  );
  const verb = tokens.findIndex(isVerb);
  if (verb === -1) return [tokens];
  const subject = tokens.slice(0, verb);
  const clauses: (readonly Token[])[] = [];
  let start = 0;
  const push = (end: number) => {
    const part = trimmed(tokens.slice(start, end));
    if (part.some(isVerb))
      clauses.push(start === 0 || startsWithSubject(part) ? part : [...subject, ...part]);
  };
  for (let at = verb + 1; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    const next = tokens[at + 1];
    const then = next?.pos === 'ADV' ? tokens[at + 2] : next;
    const coordinates =
      (token.lower === 'and' || token.lower === 'but') &&
      then !== undefined &&
      (isVerb(then) || /^(?:he|she|it|they)$/.test(then.lower));
    if (token.text !== ';' && !coordinates) continue;
    // "to act and sing" belongs to one verb
    if (coordinates && tokens[at - 2]?.lower === 'to') continue;
    push(at);
    start = at + 1;
  }
  push(tokens.length);
  return clauses.length === 0 ? [tokens] : clauses;
}

function startsWithSubject(part: readonly Token[]): boolean {
  const verb = part.findIndex(isVerb);
  return part.slice(0, verb).some(({ pos }) => pos === 'NOUN' || pos === 'PROPN' || pos === 'PRON');
}

function trimmed(part: readonly Token[]): readonly Token[] {
  const start = part.findIndex(({ pos }) => pos !== 'PUNCT');
  const end = part.findLastIndex(({ pos }) => pos !== 'PUNCT');
  return start === -1 ? [] : part.slice(start, end + 1);
}

function selfContained(clause: readonly Token[], topic: string | null): string {
  const [first, ...rest] = clause;
  if (first === undefined || topic === null) return `${joined(clause)}.`;
  if (subjectPronouns.test(first.lower)) return `${topic} ${joined(rest)}.`;
  if (possessives.test(first.lower)) return `${topic}'s ${joined(rest)}.`;
  return `${joined(clause)}.`;
}

function isVerb({ pos }: Token): boolean {
  return pos === 'VERB' || pos === 'AUX';
}

/** The words with their original spacing; words from different positions are joined by a space. */
function joined(tokens: readonly Token[]): string {
  let text = '';
  let end: number | null = null;
  for (const token of tokens) {
    text += end === null ? token.text : `${token.start === end ? '' : ' '}${token.text}`;
    end = token.end;
  }
  return text;
}
