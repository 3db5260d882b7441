import { afterEach, describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorKind } from '../../src/domain/provider-error.ts';
import type { ChatModel } from '../../src/ports/chat-model.ts';
import { openModel } from '../../src/providers/index.ts';
import { never, requestOf, specOf, verdictSchema } from '../support/chat-model.ts';
import {
  type FakeBehaviour,
  type FakeProvider,
  type FakeProviderOptions,
  startFakeProvider,
} from '../support/fake-provider.ts';

const secret = 'sk-test-0123456789abcdef';
const providers = ['openai', 'anthropic', 'openai-compatible'] as const;

describe.each(providers)('%s over HTTP', (provider) => {
  let fake: FakeProvider;
  let model: ChatModel;
  afterEach(async () => {
    await model.close?.();
    await fake.close();
  });

  async function start(options: FakeProviderOptions = {}, changes = {}): Promise<ChatModel> {
    fake = await startFakeProvider(options);
    const baseUrl = provider === 'anthropic' ? fake.anthropicUrl : fake.openAiUrl;
    const spec = specOf(provider, { baseUrl, keyEnv: 'TEST_KEY', ...changes });
    model = await openModel(spec, { TEST_KEY: secret });
    return model;
  }
  const ask = () => model.complete(requestOf('Which? [[A]] or [[B]]'), { signal: never });
  async function failure(behaviour: FakeBehaviour): Promise<ProviderError> {
    await start({ behave: () => behaviour }, { timeoutMs: 400 });
    const error = await ask().then(
      () => expect.unreachable('it should have failed'),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ProviderError);
    expect(JSON.stringify(error)).not.toContain(secret);
    expect((error as ProviderError).message).not.toContain(secret);
    return error as ProviderError;
  }

  it('gives text, finish, usage with cached tokens, the model that answered and a request id', async () => {
    await start({
      behave: () => ({
        text: '[[A]]',
        model: 'fake-model-0613',
        usage: { input: 50, output: 7, cached: 30 },
      }),
    });
    expect(await ask()).toMatchObject({
      text: '[[A]]',
      finish: 'stop',
      modelAnswered: 'fake-model-0613',
      usage: { input: 50, output: 7, cachedInput: 30 },
      requestId: 'req_1',
    });
  });

  it('holds the model to a schema', async () => {
    await start();
    expect(model.capabilities.structured).toBe(true);
    const reply = await model.complete(requestOf('Which?', { schema: verdictSchema }), { signal: never });
    expect(['A', 'B', 'tie']).toContain((JSON.parse(reply.text) as { verdict: string }).verdict);
    expect(fake.ledger.questions[0]?.schema).toEqual(verdictSchema.json);
  });

  it('asks in words where the schema is refused, and remembers', async () => {
    const refusal = { does: 'refuse', status: 400, message: 'this server knows no such thing' } as const;
    await start({ behave: ({ schema }) => (schema === null ? '{"verdict":"A"}' : refusal) });
    const request = requestOf('Which?', { schema: verdictSchema });
    expect((await model.complete(request, { signal: never })).text).toBe('{"verdict":"A"}');
    const tried = fake.ledger.counts.calls;
    await model.complete(request, { signal: never });
    expect(fake.ledger.counts.calls).toBe(tried + 1);
    expect(fake.ledger.questions.at(-1)?.prompt).toContain('"enum":["A","B","tie"]');
  });

  it('does not blame the schema for a question that is refused either way', async () => {
    await start({ behave: () => ({ does: 'refuse', status: 400, message: 'first complaint' }) });
    const error = await model
      .complete(requestOf('Which?', { schema: verdictSchema }), { signal: never })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'bad_request', status: 400 });
    expect(model.capabilities.structured).toBe(true);
  });

  it('leaves out a setting that the model names as unsupported', async () => {
    const message = "Unsupported value: 'temperature' does not support 0 with this model.";
    await start({
      behave: ({ body }) =>
        body.temperature === undefined ? '[[B]]' : { does: 'refuse', status: 400, message },
    });
    const request = requestOf('Which?', { temperature: 0 });
    expect((await model.complete(request, { signal: never })).text).toBe('[[B]]');
    await model.complete(request, { signal: never });
    expect(fake.ledger.counts).toMatchObject({ calls: 3, answered: 2 });
  });

  it.each<[string, FakeBehaviour, ProviderErrorKind]>([
    ['401', { does: 'refuse', status: 401, message: `bad key ${secret}` }, 'auth'],
    ['402', { does: 'refuse', status: 402 }, 'quota'],
    ['429 without money', { does: 'refuse', status: 429, code: 'insufficient_quota' }, 'quota'],
    [
      '429 for the day',
      { does: 'refuse', status: 429, message: 'Limit 200 requests per day (RPD)' },
      'quota',
    ],
    [
      '429 for the minute, with an advertisement',
      {
        does: 'refuse',
        status: 429,
        message: 'on tokens per min (TPM). Add a payment method at /account/billing',
      },
      'rate',
    ],
    ['529', { does: 'refuse', status: 529 }, 'overloaded'],
    ['503', { does: 'refuse', status: 503 }, 'overloaded'],
    ['500', { does: 'refuse', status: 500 }, 'overloaded'],
    ['504', { does: 'refuse', status: 504 }, 'timeout'],
    ['404', { does: 'refuse', status: 404, message: 'no such model' }, 'bad_request'],
    ['a filter', { does: 'refuse', status: 400, code: 'content_filter' }, 'content_filter'],
    ['a long prompt', { does: 'refuse', status: 400, code: 'context_length_exceeded' }, 'context_too_long'],
    ['a hanging server', { does: 'hang' }, 'timeout'],
    ['a body that ends early', { does: 'cut' }, 'bad_reply'],
    ['a web page', { does: 'html' }, 'bad_reply'],
    ['a web page with 502', { does: 'html', status: 502 }, 'overloaded'],
    ['broken JSON', { does: 'invalid-json' }, 'bad_reply'],
    ['200 with an error', { does: 'error-in-200' }, 'bad_reply'],
    ['200 with a rate limit', { does: 'error-in-200', code: 429 }, 'rate'],
    ['a dropped connection', { does: 'drop' }, 'network'],
  ])('%s is named', async (_name, behaviour, kind) => {
    const error = await failure(behaviour);
    expect(error.kind).toBe(kind);
    expect(error.hint).toBeTruthy();
  });

  it('reads Retry-After in milliseconds, seconds and as a date', async () => {
    const wait = async (headers: Record<string, string>) => {
      const { retryAfterMs } = await failure({ does: 'refuse', status: 429, headers });
      await model.close?.();
      await fake.close();
      return retryAfterMs;
    };
    expect(await wait({ 'retry-after-ms': '1500', 'retry-after': '9' })).toBe(1500);
    expect(await wait({ 'retry-after': '20' })).toBe(20_000);
    expect(await wait({ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })).toBe(0);
    expect(await wait({ 'retry-after': 'soon' })).toBeUndefined();
  });

  it('stops at once when aborted, with the reason given', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    await start({ behave: () => ({ does: 'hang' }) });
    const asked = model.complete(requestOf('Which?'), { signal: abort.signal });
    abort.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await expect(model.complete(requestOf('Which?'), { signal: abort.signal })).rejects.toBe(reason);
  });

  it('names the variable of a missing key', async () => {
    const spec = specOf(provider, { baseUrl: 'http://127.0.0.1:9/v1', keyEnv: 'TEST_KEY' });
    await expect(openModel(spec, {})).rejects.toMatchObject({
      kind: 'auth',
      hint: expect.stringContaining('TEST_KEY'),
    });
    await start();
  });

  it('reports that no server listens', async () => {
    await start();
    await fake.close();
    const error = (await ask().catch((thrown: unknown) => thrown)) as ProviderError;
    expect(error).toMatchObject({ kind: 'network' });
    expect(error.hint).toContain('127.0.0.1');
  });
});
