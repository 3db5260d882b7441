import { describe, expect, expectTypeOf, it } from 'vitest';
import { never, requestOf, specOf } from '../../test/support/chat-model.ts';
import { ConfigError } from '../domain/errors.ts';
import type { Provider } from '../ports/provider.ts';
import { defineProvider, type ProviderInput } from './define-provider.ts';
import { type AiSdkModel, fromAiSdk } from './from-ai-sdk.ts';

const ask = async (provider: Provider, model = 'm') =>
  (await provider.open(specOf(provider.name, { model }), {})).complete(requestOf('Which?'), {
    signal: never,
  });

describe('defineProvider', () => {
  it('makes a provider of a function that answers with a text', async () => {
    const provider = defineProvider({
      name: 'echo',
      complete: async (request) => request.messages[0]!.content,
    });
    expect(await ask(provider)).toEqual({ text: 'Which?', finish: 'stop', modelAnswered: null, usage: null });
    expectTypeOf(provider).toEqualTypeOf<Provider>();
  });

  it('makes provider errors of what the function throws', async () => {
    const failing = (thrown: unknown) =>
      defineProvider({ name: 'x', complete: () => Promise.reject(thrown) });
    await expect(ask(failing(Object.assign(new Error('slow down'), { status: 429 })))).rejects.toMatchObject({
      code: 'provider/rate',
    });
    await expect(ask(failing(new Error('boom')))).rejects.toMatchObject({ code: 'provider/network' });
    const wordless = defineProvider({ name: 'x', complete: async () => ({ finish: 'stop' }) });
    await expect(ask(wordless)).rejects.toMatchObject({ code: 'provider/bad_reply' });
  });

  it.each<[unknown, RegExp]>([
    [undefined, /must be an object/],
    [{ complete: async () => '' }, /name of the provider/],
    [{ name: 'x' }, /exactly one of the functions/],
    [{ name: 'x', complete: async () => '', open: () => null }, /exactly one/],
  ])('refuses %o', (input, message) => {
    expect(() => defineProvider(input as ProviderInput)).toThrow(ConfigError);
    expect(() => defineProvider(input as ProviderInput)).toThrow(message);
  });
});

describe('fromAiSdk', () => {
  const model = (version: string, result: unknown): AiSdkModel & { readonly calls: object[] } => {
    const calls: object[] = [];
    return {
      specificationVersion: version,
      provider: 'openai.chat',
      modelId: 'gpt-5-mini',
      calls,
      doGenerate: async (options: object) => {
        calls.push(options);
        if (result instanceof Error) throw result;
        return result;
      },
    };
  };

  it('reads results of both versions', async () => {
    const content = [
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'A' },
    ];
    const two = fromAiSdk(
      model('v2', { content, finishReason: 'stop', usage: { inputTokens: 9, outputTokens: 2 } }),
    );
    expect(await ask(two.provider, two.model)).toMatchObject({
      text: 'A',
      finish: 'stop',
      usage: { input: 9, output: 2 },
    });
    const three = fromAiSdk(
      model('v3', {
        content,
        finishReason: { unified: 'length', raw: 'max' },
        usage: { inputTokens: { total: 9, cacheRead: 4 }, outputTokens: { total: 2 } },
        response: { modelId: 'gpt-5-mini-2026', id: 'r1' },
      }),
    );
    expect(await ask(three.provider, three.model)).toEqual({
      text: 'A',
      finish: 'length',
      modelAnswered: 'gpt-5-mini-2026',
      usage: { input: 9, output: 2, cachedInput: 4 },
      requestId: 'r1',
    });
  });

  it('sends messages as the SDK wants them', async () => {
    const sdk = model('v2', { content: [], finishReason: 'stop' });
    const { provider } = fromAiSdk(sdk);
    await ask(provider);
    expect(sdk.calls[0]).toMatchObject({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Which?' }] }],
      maxOutputTokens: 100,
    });
  });

  it('turns API errors into provider errors', async () => {
    const error = Object.assign(new Error('no key'), { statusCode: 401, responseHeaders: {} });
    await expect(ask(fromAiSdk(model('v2', error)).provider)).rejects.toMatchObject({
      code: 'provider/auth',
    });
    await expect(ask(fromAiSdk(model('v2', {})).provider)).rejects.toMatchObject({
      code: 'provider/bad_reply',
    });
  });

  it('refuses what is no language model', () => {
    for (const value of [undefined, 'gpt-5', { ...model('v1', {}) }]) {
      expect(() => fromAiSdk(value as unknown as AiSdkModel)).toThrow(/no language model of the AI SDK/);
    }
  });
});
