import { describe, expect, it } from 'vitest';
import { keys, thumb } from '../../test/support/feedback-routes.ts';
import { ConfigError } from '../domain/errors.ts';
import { mintToken } from '../server/mint-token.ts';
import { MemoryFeedbackStore } from '../store/memory/memory-feedback-store.ts';
import { MemoryTokenStore } from '../store/memory/memory-token-store.ts';
import { createFeedbackHandler, type FeedbackHandlerInput } from './feedback-handler.ts';

const store = new MemoryFeedbackStore();
const tokens = new MemoryTokenStore();
const clock = { now: () => Date.parse('2026-05-01T12:00:00Z'), sleep: () => Promise.resolve() };
const handler = (more: Partial<FeedbackHandlerInput> = {}) =>
  createFeedbackHandler({ store, tokens, keys, clock, ...more });
const get = (path: string) => handler().fetch(new Request(`http://app.example${path}`));

describe('createFeedbackHandler', () => {
  it('serves every route of quorate serve', async () => {
    expect((await get('/v1/health')).status).toBe(200);
    const { paths } = (await (await get('/v1/openapi.json')).json()) as { paths: object };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/v1/feedback', '/v1/interactions', '/v1/health']),
    );
    expect((await get('/v1/feedback')).status).toBe(401);
    expect((await get('/other')).status).toBe(404);
  });

  it('stores an event that a token of the store sends, and refuses larger bodies', async () => {
    const { secret } = await mintToken(tokens, {
      scopes: ['ingest'],
      origins: [],
      eventsPerMinute: null,
      signedAuthors: false,
      createdAt: '2026-05-01T00:00:00.000Z',
    });
    const post = (maxBodyBytes?: number) =>
      handler(maxBodyBytes === undefined ? {} : { maxBodyBytes }).fetch(
        new Request('http://app.example/v1/feedback', {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify(thumb),
        }),
      );
    expect((await post(10)).status).toBe(413);
    expect(await store.event('e1')).toBeUndefined();
    expect((await post()).ok).toBe(true);
    expect((await store.event('e1'))?.event.kind).toBe('thumb');
  });

  const wrong: readonly (readonly [what: string, input: unknown, message: RegExp])[] = [
    ['nothing', undefined, /needs an object/],
    ['null', null, /needs an object/],
    ['a text', 'feedback.db', /needs an object/],
    ['no store', { tokens }, /^store must be/],
    ['a path for a store', { store: 'feedback.db', tokens }, /^store must be/],
    ['an object that is no store', { store: {}, tokens }, /^store.append must be a function/],
    ['no tokens', { store }, /^tokens must be/],
    ['tokens that are a list', { store, tokens: [] }, /^tokens must be an object, received a list/],
    ['keys that are a text', { store, tokens, keys: 'secret' }, /^keys must be an object/],
    ['rules without limits', { store, tokens, keys, rules: {} }, /^rules.maxSkewSeconds must be a number/],
    ['a limit that is a text', { store, tokens, keys, maxBodyBytes: '8M' }, /^maxBodyBytes must be a number/],
    [
      'a limit that is no number',
      { store, tokens, keys, authorEventsPerMinute: Number.NaN },
      /^authorEventsPerMinute must be a number/,
    ],
    ['a clock without now', { store, tokens, keys, clock: {} }, /^clock.now must be a function/],
    ['a log that is a console', { store, tokens, keys, log: console }, /^log must be a function/],
  ];
  it.each(wrong)('throws ConfigError that names the member for %s', (_what, input, message) => {
    const call = () => createFeedbackHandler(input as FeedbackHandlerInput);
    expect(call).toThrow(ConfigError);
    expect(call).toThrow(message);
  });
});
