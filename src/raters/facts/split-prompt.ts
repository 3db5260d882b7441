import type { ChatMessage } from '../../domain/message.ts';
import type { ChatRequest } from '../../ports/chat-model.ts';
import { fenceCode, fenced, fenceRule } from '../llm/prompt/fence.ts';
import { untrustedText } from '../llm/prompt/untrusted-text.ts';
import type { Claim } from './claim.ts';
import type { SentencePlace } from './cut-sentences.ts';

const system: ChatMessage = {
  role: 'system',
  content: [
    'You take a response apart into atomic claims: short statements of fact that are each true or false by themselves.',
    'Make each claim self-contained: put names in the place of pronouns and of left-out subjects.',
    'Leave out opinions, advice, questions, instructions and talk about the response itself. Add nothing that is not said.',
    fenceRule,
    'Answer with one JSON object: {"claims": [{"sentence": 1, "claim": "…"}]}, "sentence" being the number before the sentence. An empty list is an answer.',
  ].join('\n'),
};

const schema = {
  name: 'claims',
  json: {
    type: 'object',
    additionalProperties: false,
    required: ['claims'],
    properties: {
      claims: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['sentence', 'claim'],
          properties: { sentence: { type: 'integer' }, claim: { type: 'string' } },
        },
      },
    },
  },
} as const;

const longestClaim = 600;

/** The request for the claims of a response with numbered sentences. */
export function splitRequest(sentences: readonly SentencePlace[]): ChatRequest {
  const numbered = sentences
    .map(({ text }, index) => `[${index + 1}] ${untrustedText(text, 'json')}`)
    .join('\n');
  return {
    messages: [system, { role: 'user', content: fenced('RESPONSE', fenceCode([numbered]), numbered) }],
    stableMessages: 1,
    maxTokens: Math.min(8000, 400 + Math.ceil(numbered.length / 2)),
    schema,
  };
}

/** Parses the claims of an answer, each with the position of its sentence; invalid entries are ignored. */
export function readClaims(list: readonly unknown[], sentences: readonly SentencePlace[]): readonly Claim[] {
  return list.flatMap((entry): Claim[] => {
    const { claim, sentence } = (entry ?? {}) as { readonly claim?: unknown; readonly sentence?: unknown };
    if (typeof claim !== 'string' || claim.trim() === '') return [];
    const source = sentences[Number(sentence) - 1];
    const [start, end] = source === undefined ? [0, sentences.at(-1)!.end] : [source.start, source.end];
    return [{ text: claim.trim().slice(0, longestClaim), start, end }];
  });
}
