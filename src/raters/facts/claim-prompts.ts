import type { ChatMessage } from '../../domain/message.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { Passage } from '../../ports/retriever.ts';
import { fenceCode, fenced, fenceRule } from '../llm/prompt/fence.ts';
import { untrustedText } from '../llm/prompt/untrusted-text.ts';
import { type CheckedClaim, type Claim, type ClaimVerdict, type Evidence, evidenceIn } from './claim.ts';

/** A claim with the passages found for it. */
export interface ClaimWithPassages {
  readonly claim: Claim;
  readonly passages: readonly Passage[];
}

/** Claims verified in one question, with the passages of all of them. */
export interface ClaimBatch {
  readonly claims: readonly Claim[];
  readonly passages: readonly Passage[];
}

/** Maximum evidence per question, in UTF-16 units: about 4,000 tokens. */
export const evidenceCharacters = 16_000;
/** Maximum number of claims per question. */
export const claimsPerQuestion = 12;

const system: ChatMessage = {
  role: 'system',
  content: [
    'You check claims against passages, and against nothing else: what you know yourself does not count.',
    'supported: a passage says it. refuted: a passage says something that cannot be true together with it.',
    'unverifiable: the passages neither say nor exclude it; choose this whenever you are in doubt. not_a_claim: it states no fact.',
    'For supported and refuted copy the deciding words of one passage exactly, as "quote".',
    fenceRule,
    'Answer with one JSON object, one entry for each claim: {"judgements": [{"claim": 1, "verdict": "unverifiable", "passage": null, "quote": null}, {"claim": 2, "verdict": "supported", "passage": 3, "quote": "words of passage 3"}]}',
  ].join('\n'),
};

const schema = {
  name: 'judgements',
  json: {
    type: 'object',
    additionalProperties: false,
    required: ['judgements'],
    properties: {
      judgements: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['claim', 'verdict', 'passage', 'quote'],
          properties: {
            claim: { type: 'integer' },
            verdict: { type: 'string', enum: ['supported', 'refuted', 'unverifiable', 'not_a_claim'] },
            passage: { type: ['integer', 'null'] },
            quote: { type: ['string', 'null'] },
          },
        },
      },
    },
  },
} as const;

/** Groups claims so that the evidence of each question fits a small context window. */
export function* claimBatches(found: readonly ClaimWithPassages[]): Generator<ClaimBatch> {
  let claims: Claim[] = [];
  let passages = new Map<string, Passage>();
  let characters = 0;
  for (const { claim, passages: own } of found) {
    const fresh = own.filter(({ id }) => !passages.has(id));
    const more = fresh.reduce((sum, { text }) => sum + Math.min(text.length, evidenceCharacters), 0);
    if (
      claims.length > 0 &&
      (claims.length === claimsPerQuestion || characters + more > evidenceCharacters)
    ) {
      yield { claims, passages: [...passages.values()] };
      [claims, passages, characters] = [[], new Map(), 0];
    }
    claims.push(claim);
    for (const passage of own) {
      if (
        passages.has(passage.id) ||
        (passages.size > 0 && characters + passage.text.length > evidenceCharacters)
      )
        continue;
      passages.set(passage.id, passage);
      characters += passage.text.length;
    }
  }
  if (claims.length > 0) yield { claims, passages: [...passages.values()] };
}

/** The request that verifies a batch of claims. */
export function verifyRequest({ claims, passages }: ClaimBatch): ChatRequest {
  const evidence = passages
    .map(({ text }, index) => `[${index + 1}] ${untrustedText(text.slice(0, evidenceCharacters), 'json')}`)
    .join('\n\n');
  const asked = claims.map(({ text }, index) => `[${index + 1}] ${untrustedText(text, 'json')}`).join('\n');
  const code = fenceCode([evidence, asked]);
  return {
    messages: [
      system,
      { role: 'user', content: `${fenced('PASSAGES', code, evidence)}\n\n${fenced('CLAIMS', code, asked)}` },
    ],
    stableMessages: 1,
    maxTokens: 300 + claims.length * 160,
    schema,
  };
}

/** Parses the judgements of an answer. A claim without one, or with a quote found in no passage, is unverifiable. */
export function readJudgements(
  list: readonly unknown[],
  { claims, passages }: ClaimBatch,
): readonly CheckedClaim[] {
  const entries = list as readonly (Readonly<Record<string, unknown>> | null)[];
  return claims.map((claim, index) => {
    const entry = entries.find((one) => Number(one?.claim) === index + 1);
    const verdict = verdictOf(entry?.verdict);
    if (entry == null || verdict === null)
      return { claim, verdict: 'unverifiable', reason: 'the judge gave no verdict', said: null };
    if (verdict === 'unverifiable' || verdict === 'not-a-claim')
      return { claim, verdict, reason: 'the judge says so' };
    const evidence = quoted(entry.quote, passages[Number(entry.passage) - 1], passages);
    if (evidence === null)
      return {
        claim,
        verdict: 'unverifiable',
        reason: `the judge says ${verdict}, and no passage has its quote`,
        said: verdict,
      };
    return { claim, verdict, reason: 'the judge says so', evidence };
  });
}

function verdictOf(written: unknown): ClaimVerdict | null {
  const name = String(written).toLowerCase().replaceAll('_', '-');
  return name === 'supported' || name === 'refuted' || name === 'unverifiable' || name === 'not-a-claim'
    ? name
    : null;
}

/** Finds a quote, ignoring white space and case; the named passage is searched first. */
function quoted(quote: unknown, named: Passage | undefined, passages: readonly Passage[]): Evidence | null {
  if (typeof quote !== 'string') return null;
  const words = plain(quote).text.replace(/^["'“”‘’.…\s]+|["'“”‘’.…\s]+$/g, '');
  if (words.length < 3) return null;
  for (const passage of named === undefined ? passages : [named, ...passages]) {
    const { text, offsets } = plain(passage.text);
    const at = text.indexOf(words);
    if (at === -1) continue;
    return evidenceIn(passage, offsets[at]!, offsets[at + words.length - 1]! + 1);
  }
  return null;
}

/** The text in lower case with single spaces, and the original offset of each character. */
function plain(text: string): { readonly text: string; readonly offsets: readonly number[] } {
  let plainText = '';
  const offsets: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = /\s/.test(text[index]!) ? ' ' : text[index]!.toLowerCase();
    if (character === ' ' && plainText.endsWith(' ')) continue;
    // some letters have two characters in lower case
    for (const part of character) {
      plainText += part;
      offsets.push(index);
    }
  }
  return { text: plainText, offsets };
}
