import { expect, it } from 'vitest';
import { specOf } from '../../test/support/chat-model.ts';
import { priceOf } from './index.ts';
import { free } from './table-price.ts';

it('takes the built-in table, with the prices of cached tokens', async () => {
  expect(await priceOf(specOf('openai', { model: 'gpt-4o-mini' }))).toEqual({
    inputPerMtok: 0.15,
    outputPerMtok: 0.6,
    cachedInputPerMtok: 0.075,
  });
  expect(await priceOf(specOf('anthropic', { model: 'claude-sonnet-4-5-20250929' }))).toEqual({
    inputPerMtok: 3,
    outputPerMtok: 15,
    cachedInputPerMtok: 0.3,
    cacheWritePerMtok: 3.75,
    // Long prompts cost more, all of their tokens and those of the reply.
    tiers: [
      {
        aboveInputTokens: 200_000,
        inputPerMtok: 6,
        outputPerMtok: 22.5,
        cachedInputPerMtok: 0.6,
        cacheWritePerMtok: 7.5,
      },
    ],
  });
});

it('prefers the price that the user gave', async () => {
  const price = { inputPerMtok: 7, outputPerMtok: 8 };
  expect(await priceOf(specOf('openai', { model: 'gpt-4o-mini', price }))).toBe(price);
});

it('says null, never 0, where it does not know', async () => {
  expect(await priceOf(specOf('openai', { model: 'gpt-unheard-of' }))).toBeNull();
  const network = { model: 'gpt-4o-mini', baseUrl: 'http://10.0.0.2:8080/v1' };
  expect(await priceOf(specOf('openai-compatible', network))).toBeNull();
  const gateway = { model: 'gpt-4o-mini', baseUrl: 'http://127.0.0.1:4000/v1', keyEnv: 'LITELLM_KEY' };
  expect(await priceOf(specOf('openai-compatible', gateway))).toBeNull();
  expect(await priceOf(specOf('openai-compatible', { ...gateway, keyEnv: 'OPENAI_API_KEY' }))).toBeNull();
});

it('knows the providers behind compatible addresses', async () => {
  const baseUrl = 'https://openrouter.ai/api/v1';
  const price = await priceOf(specOf('openai-compatible', { model: 'openai/gpt-4o-mini', baseUrl }));
  expect(price?.inputPerMtok).toBeGreaterThan(0);
});

it('charges nothing for what runs here', async () => {
  for (const baseUrl of ['http://127.0.0.1:8080/v1', 'http://localhost:11434/v1', 'http://[::1]:1/v1']) {
    expect(await priceOf(specOf('openai-compatible', { baseUrl }))).toEqual(free);
    expect(await priceOf(specOf('openai-compatible', { baseUrl, keyEnv: 'VLLM_API_KEY' }))).toEqual(free);
  }
  for (const provider of ['local', 'recorded', 'heuristic'] as const) {
    expect(await priceOf(specOf(provider))).toEqual({ inputPerMtok: 0, outputPerMtok: 0 });
  }
});
