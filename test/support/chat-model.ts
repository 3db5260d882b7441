import type { ModelSpec } from '../../src/domain/job.ts';
import type { ChatRequest } from '../../src/ports/chat-model.ts';

/** A spec with what tests rarely care about filled in. */
export function specOf(provider: string, changes: Partial<ModelSpec> = {}): ModelSpec {
  return {
    provider,
    model: 'fake-model',
    family: null,
    timeoutMs: 10_000,
    limits: {},
    price: null,
    structured: 'auto',
    ...changes,
  };
}

export function requestOf(text: string, changes: Partial<ChatRequest> = {}): ChatRequest {
  return { messages: [{ role: 'user', content: text }], maxTokens: 100, ...changes };
}

export const verdictSchema = {
  name: 'verdict',
  json: {
    type: 'object',
    properties: { reason: { type: 'string' }, verdict: { type: 'string', enum: ['A', 'B', 'tie'] } },
    required: ['reason', 'verdict'],
    additionalProperties: false,
  },
} as const;

export const never = new AbortController().signal;
