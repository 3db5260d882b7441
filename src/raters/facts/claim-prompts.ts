import type { ChatMessage } from '../../domain/message.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import type { Passage } from '../../ports/retriever.ts';
import { fenceCode, fenced, fenceRule } from '../llm/prompt/fence.ts';
import { untrustedText } from '../llm/prompt/untrusted-text.ts';
import { type CheckedClaim, type Claim, type ClaimVerdict, type Evidence, evidenceIn } from './claim.ts';

/** A claim with what was found for it. */
export interface ClaimWithPassages {
  readonly claim: Claim;
  readonly passages: readonly Passage[];
}

/** Claims that are asked about together, and the passages of all of them. */
export interface ClaimBatch {
  readonly claims: readonly Claim[];
  readonly passages: readonly Passage[];
}

/** So much evidence goes into one question, in characters: about 4,000 tokens. */
export const evidenceCharacters = 16_000;
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

/** Packs claims so that no question carries more evidence than a small context window bears. */
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

/** The judgements of an answer. A claim without one, or whose quote no passage has, is unverifiable. */
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

/** Finds a quote, space and case aside; the named passage first. */
function quoted(quote: unknown, named: Passage | undefined, passages: readonly Passage[]): Evidence | null {
  if (typeof quote !== 'string') return null;
  const wanted = plain(quote).text.replace(/^["'“”‘’.…\s]+|["'“”‘’.…\s]+$/g, '');
  if (wanted.length < 3) return null;
  for (const passage of named === undefined ? passages : [named, ...passages]) {
    const { text, offsets } = plain(passage.text);
    const at = text.indexOf(wanted);
    if (at === -1) continue;
    return evidenceIn(passage, offsets[at]!, offsets[at + wanted.length - 1]! + 1);
  }
  return null;
}

/** Lower case with single spaces, and where each character stood. */
function plain(text: string): { readonly text: string; readonly offsets: readonly number[] } {
  let plainText = '';
  const offsets: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = /\s/.test(text[index]!) ? ' ' : text[index]!.toLowerCase();
    if (character === ' ' && plainText.endsWith(' ')) continue;
    // a few letters become two in lower case
    for (const part of character) {
      plainText += part;
      offsets.push(index);
    }
  }
  return { text: plainText, offsets };
}
