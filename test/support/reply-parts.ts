import { expect } from 'vitest';
import { ProviderError } from '../../src/domain/provider-error.ts';
import { readReply } from '../../src/providers/reply/read-reply.ts';

/** A server that is never asked. */
const asked = { provider: 'p', model: 'm', baseUrl: 'http://x', keyEnv: null, secret: undefined };
export const read = (body: unknown) => readReply(body, asked);
export const answer = '{"reason":"clear","verdict":"A"}';
/** Another answer. */
export const other = '{"reason":"clear","verdict":"B"}';
/** A chat completion with this message. */
export const chat = (message: unknown, more: object = {}) => ({
  id: 'c1',
  model: 'judge',
  choices: [{ index: 0, message, finish_reason: 'stop', ...more }],
  usage: { prompt_tokens: 40, completion_tokens: 8 },
});
/** The error for a body that is no reply. */
export const failure = (body: unknown): ProviderError => {
  try {
    read(body);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  return expect.unreachable('it should have failed');
};
