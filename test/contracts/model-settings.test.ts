import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModelSpec } from '../../src/domain/job.ts';
import type { ProviderError } from '../../src/domain/provider-error.ts';
import { openModel } from '../../src/providers/index.ts';
import { never, requestOf, specOf } from '../support/chat-model.ts';

interface Seen {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown };

/** As a job writes it. */
const variable = ['$', '{GATE}'].join('');
const chat = { choices: [{ message: { content: 'A' }, finish_reason: 'stop' }] };
const message = { content: [{ type: 'text', text: 'A' }], stop_reason: 'end_turn' };
const servers: Server[] = [];

/** A server on a port of its own that notes what it is sent. */
async function serve(
  answer: (seen: Seen) => Answer = () => ({ status: 200, body: { ...chat, ...message } }),
) {
  const seen: Seen[] = [];
  const tunnels: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const one = {
        url: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(text) as Seen['body'],
      };
      seen.push(one);
      const { status, headers = {}, body } = answer(one);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, tunnels };
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function ask(
  spec: Partial<ModelSpec>,
  env: Record<string, string> = {},
  provider = 'openai-compatible',
) {
  const model = await openModel(specOf(provider, spec), env);
  try {
    return await model.complete(requestOf('Which?'), { signal: never });
  } finally {
    await model.close?.();
  }
}

const failure = (...given: Parameters<typeof ask>) =>
  ask(...given).then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error as ProviderError,
  );

describe('settings of a judge', () => {
  it('reach the server: headers, query, body, sampling', async () => {
    const { origin, seen } = await serve();
    const spec = {
      baseUrl: `${origin}/v1?api-version=7`,
      headers: { 'X-Team': 'blue', 'X-Gate': `k-${variable}` },
      query: { tenant: 'a b' },
      extraBody: { chat_template_kwargs: { enable_thinking: false } },
      topP: 0.5,
      seed: 9,
      stop: ['END'],
    };
    await ask(spec, { GATE: 'gate-secret' });
    expect(seen[0]?.url).toBe('/v1/chat/completions?api-version=7&tenant=a%20b');
    expect(seen[0]?.headers).toMatchObject({ 'x-team': 'blue', 'x-gate': 'k-gate-secret' });
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
    expect(seen[0]?.body).toMatchObject({
      chat_template_kwargs: { enable_thinking: false },
      top_p: 0.5,
      seed: 9,
      stop: ['END'],
    });
  });

  it.each([
    ['openai-compatible', undefined, { authorization: 'Bearer the-key' }],
    ['openai-compatible', 'api-key', { 'api-key': 'the-key' }],
    ['openai-compatible', 'X-API-Key', { 'x-api-key': 'the-key' }],
    ['openai-compatible', 'none', {}],
    ['anthropic', undefined, { authorization: 'Bearer the-key' }],
    ['anthropic', 'x-api-key', { 'x-api-key': 'the-key' }],
    ['anthropic', 'api-key', { 'api-key': 'the-key' }],
  ])('%s sends its key in the header %s', async (provider, authHeader, expected) => {
    const { origin, seen } = await serve();
    const header = authHeader === undefined ? {} : { authHeader };
    await ask({ baseUrl: `${origin}/v1`, keyEnv: 'KEY', ...header }, { KEY: 'the-key' }, provider);
    const names = ['authorization', 'api-key', 'x-api-key'];
    const sent = Object.entries(seen[0]!.headers).filter(([name]) => names.includes(name));
    expect(Object.fromEntries(sent)).toEqual(expected);
  });

  it('never shows the values of variables', async () => {
    const { origin } = await serve(({ headers }) => ({
      status: 400,
      body: { error: { message: `bad header ${String(headers['x-gate'])}` } },
    }));
    const error = await failure(
      { baseUrl: origin, headers: { 'X-Gate': variable } },
      { GATE: 'gate-secret' },
    );
    expect(error.message).not.toContain('gate-secret');
    expect(error.message).toContain('[key]');
  });

  it('names a variable that is not set', async () => {
    const spec = specOf('openai-compatible', { baseUrl: 'http://h/v1', headers: { 'X-Gate': variable } });
    await expect(openModel(spec, {})).rejects.toThrow(/GATE/);
  });

  it('makes another question of the same words, and only where settings shape the reply', async () => {
    const variant = async (spec: Partial<ModelSpec>) =>
      (await openModel(specOf('openai-compatible', { baseUrl: 'http://h/v1', ...spec }), {})).variant;
    expect(await variant({})).toBeUndefined();
    expect(await variant({ headers: { a: 'b' }, query: { c: 'd' } })).toBeUndefined();
    const variants = [
      { topP: 0.5 },
      { topP: 0.6 },
      { stop: ['x'] },
      { reasoning: 'low' },
      { extraBody: { a: 1 } },
    ];
    expect(new Set(await Promise.all(variants.map((spec) => variant(spec as Partial<ModelSpec>)))).size).toBe(
      5,
    );
  });

  it.each([
    ['qwen3:8b', 'off', { chat_template_kwargs: { enable_thinking: false } }, '/no_think'],
    ['qwen3:8b', undefined, {}, 'Which?'],
    ['gpt-oss-20b', 'low', { reasoning_effort: 'low' }, 'Which?'],
    ['gemini-2.5-flash', 'off', { reasoning_effort: 'none' }, 'Which?'],
  ] as const)('asks %s to reason %s', async (model, reasoning, fields, end) => {
    const { origin, seen } = await serve();
    await ask({ baseUrl: origin, model, ...(reasoning === undefined ? {} : { reasoning }) });
    const { body } = seen[0]!;
    expect(body).toMatchObject(fields);
    expect((body.messages as { content: string }[]).at(-1)?.content.endsWith(end)).toBe(true);
    expect(Number(body.max_tokens) > 1000).toBe(reasoning !== 'off');
  });

  it('refuses to switch off what always reasons', async () => {
    const spec = specOf('openai-compatible', {
      baseUrl: 'http://h/v1',
      model: 'gpt-oss-20b',
      reasoning: 'off',
    });
    await expect(openModel(spec, {})).rejects.toThrow(/always reasons/);
  });
});

describe('the network', () => {
  it('goes through the proxy of the environment, with its password', async () => {
    const { origin, seen } = await serve();
    const HTTP_PROXY = origin.replace('//', '//user:pass-word@');
    await ask({ baseUrl: 'http://llm.internal.example/v1' }, { HTTP_PROXY });
    expect(seen[0]?.url).toBe('http://llm.internal.example/v1/chat/completions');
    expect(seen[0]?.headers).toMatchObject({
      host: 'llm.internal.example',
      'proxy-authorization': `Basic ${Buffer.from('user:pass-word').toString('base64')}`,
    });
  });

  it('asks the proxy for a tunnel to a server with TLS, and names its refusal', async () => {
    const { origin, tunnels } = await serve();
    const error = await failure({ baseUrl: 'https://llm.internal.example/v1' }, { HTTPS_PROXY: origin });
    expect(tunnels).toEqual(['llm.internal.example:443']);
    expect(error).toMatchObject({ kind: 'auth' });
    expect(error.hint).toContain('user:password@');
  });

  it('does not follow a redirect, and says where it leads', async () => {
    const other = await serve();
    const { origin } = await serve(() => ({
      status: 307,
      headers: { location: `${other.origin}/v1/chat/completions` },
      body: {},
    }));
    const error = await failure({ baseUrl: `${origin}/v1`, keyEnv: 'KEY' }, { KEY: 'the-key' });
    expect(other.seen).toEqual([]);
    expect(error).toMatchObject({ kind: 'bad_request', permanent: true, status: 307 });
    expect(error.hint).toContain(`base_url: ${other.origin}/v1`);
  });

  it('distinguishes a server without TLS from one with a certificate that is not trusted', async () => {
    const { origin } = await serve();
    const error = await failure({ baseUrl: origin.replace('http:', 'https:') });
    expect(error).toMatchObject({ kind: 'network', permanent: true });
    expect(error.hint).toContain(`base_url: ${origin}`);
  });

  it('names the address where there is no API', async () => {
    const { origin } = await serve(() => ({ status: 404, body: { detail: 'Not Found' } }));
    const error = await failure({ baseUrl: origin });
    expect(error.hint).toContain(`base_url: ${origin}/v1`);
  });

  it('reads a file of certificates, or says what is wrong with it', async () => {
    const spec = specOf('openai-compatible', { baseUrl: 'https://h/v1', caFile: 'package.json' });
    await expect(openModel(spec, {})).rejects.toThrow(/holds no certificate/);
    const missing = specOf('openai-compatible', { baseUrl: 'https://h/v1', caFile: '/nowhere.pem' });
    await expect(openModel(missing, {})).rejects.toThrow(/cannot be read/);
  });
});
