import assert from 'node:assert/strict';
import { checkProvider } from '../app/check-parts.ts';
import { checkArgument } from '../domain/check-argument.ts';
import type { ModelSpec } from '../domain/job.ts';
import { ProviderError } from '../domain/provider-error.ts';
import type { ChatRequest } from '../ports/chat-model.ts';
import type { Provider } from '../ports/provider.ts';
import type { Check } from './check.ts';

/**
 * A provider, and a model of it that answers. The contract makes a few short calls.
 * @example
 * import { defineProvider } from 'quorate/providers';
 * const under: ProviderUnderTest = { provider: defineProvider({ name: 'mine', complete: async () => 'A' }), model: 'judge-7b' };
 */
export interface ProviderUnderTest {
  readonly provider: Provider;
  readonly model: string;
  readonly baseUrl?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A question that the model answers; default: a short one. */
  readonly request?: ChatRequest;
}

const finishes = ['stop', 'length', 'content_filter', 'refusal', 'other'];

/**
 * What a provider keeps to. Its model is asked two small questions.
 * @example
 * import { defineProvider } from 'quorate/providers';
 * const provider = defineProvider({ name: 'mine', complete: async () => '[[A]]' });
 * const results = await runChecks(providerContract({ provider, model: 'judge-7b' }));
 */
export function providerContract(under: ProviderUnderTest): readonly Check[] {
  checkArgument('under', under, { provider: { name: 'name', open: 'function' }, model: 'name' });
  const { provider, model, env = {} } = under;
  const request = under.request ?? { messages: [{ role: 'user', content: 'Reply with A.' }], maxTokens: 16 };
  const spec: ModelSpec = {
    provider: provider.name,
    model,
    family: null,
    ...(under.baseUrl === undefined ? {} : { baseUrl: under.baseUrl }),
    timeoutMs: 30_000,
    limits: {},
    price: null,
    structured: 'auto',
  };
  const open = async () => provider.open(spec, env);
  return [
    {
      name: 'describes itself completely',
      run: async () => checkProvider(provider, 'provider'),
    },
    {
      name: 'gives a price in dollars per million tokens, or null',
      run: async () => {
        const price = await provider.price(spec);
        if (price !== null) assert.ok(price.inputPerMtok >= 0 && price.outputPerMtok >= 0);
      },
    },
    {
      name: 'opens a model that says who it is and what it can do',
      run: async () => {
        const opened = await open();
        assert.equal(typeof opened.provider, 'string');
        assert.equal(typeof opened.model, 'string');
        assert.equal(typeof opened.baseUrl, 'string');
        for (const can of ['structured', 'logprobs', 'seed'] as const)
          assert.equal(typeof opened.capabilities[can], 'boolean');
        assert.equal(opened.capabilities.languageModel ?? true, provider.isModel);
        await opened.close?.();
      },
    },
    {
      name: 'answers with a text, how it ended, and counted tokens or null',
      run: async () => {
        const opened = await open();
        const { text, finish, usage, modelAnswered } = await opened.complete(request, {
          signal: new AbortController().signal,
        });
        assert.equal(typeof text, 'string');
        assert.ok(finishes.includes(finish), `finish "${finish}"`);
        assert.ok(modelAnswered === null || typeof modelAnswered === 'string');
        if (usage !== null) assert.ok(usage.input >= 0 && usage.output >= 0);
        await opened.close?.();
      },
    },
    {
      name: 'ends a call whose signal is aborted with an error',
      run: async () => {
        const opened = await open();
        const stop = new AbortController();
        stop.abort();
        const thrown = await opened.complete(request, { signal: stop.signal }).then(
          () => null,
          (error: unknown) => error,
        );
        const isEnd =
          thrown instanceof Error && (thrown.name === 'AbortError' || ProviderError.isInstance(thrown));
        assert.ok(isEnd, 'an aborted call gave a reply, or an error of another kind');
        await opened.close?.();
      },
    },
  ];
}
