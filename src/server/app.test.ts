import { describe, expect, it } from 'vitest';
import { feedbackServer } from '../../test/support/feedback-routes.ts';
import { TestServer } from '../../test/support/server-app.ts';
import { StoreError } from '../domain/errors.ts';
import { readRecords } from './read-records.ts';
import type { Route, RouteModule } from './route.ts';
import { healthRoutes } from './routes/service.ts';

const app = 'https://app.example';

/** Answers with what it read. */
const echo: Route = {
  method: 'post',
  path: '/v1/echo',
  scopes: ['ingest'],
  operation: null,
  async handle(c) {
    const body = await readRecords(c);
    return c.json(body, body.ok ? 200 : body.problem.status);
  },
};

function failing(error: unknown): Route {
  const handle = () => Promise.reject(error);
  return { method: 'get', path: '/v1/fail', scopes: null, operation: null, handle };
}

function serverOf(...routes: Route[]): TestServer {
  const module: RouteModule = { routes };
  return new TestServer(() => [healthRoutes, module]);
}

describe('access', () => {
  it('requires a token with the scope', async () => {
    const server = serverOf(echo);
    const [ingest, admin, read] = await Promise.all([
      server.token(),
      server.token({ scopes: ['admin'] }),
      server.token({ scopes: ['read', 'annotate'] }),
    ]);
    const status = async (headers: Record<string, string>) =>
      (await server.ask('/v1/echo', { method: 'POST', body: '{}', headers })).status;
    const json = { 'content-type': 'application/json' };
    expect(await status({ ...json, authorization: `Bearer ${ingest}` })).toBe(200);
    expect(await status({ ...json, authorization: `bearer ${admin}` })).toBe(200);
    expect(await status({ ...json, authorization: `Bearer ${read}` })).toBe(403);
    expect(await status(json)).toBe(401);
    expect(await status({ ...json, authorization: `Basic ${ingest}` })).toBe(401);
    expect(await status({ ...json, authorization: `Bearer ${ingest}x` })).toBe(401);
    expect(await status({ ...json, cookie: `token=${ingest}` })).toBe(401);
    const [{ id } = { id: '' }] = await server.tokens.list();
    await server.tokens.revoke(id, 'now');
    server.nowMs += 1000;
    const refused = await server.post('/v1/echo', ingest, {});
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toEqual({
      type: 'urn:quorate:problem:token',
      title: 'Unauthorized',
      status: 401,
      detail: 'this token is unknown or revoked',
    });
  });

  it('returns retry-after to a fast sender', async () => {
    const server = serverOf(echo);
    const token = await server.token({ eventsPerMinute: 60 });
    const send = async () => (await server.post('/v1/echo', token, {})).status;
    const statuses = [];
    for (let n = 0; n < 62; n += 1) statuses.push(await send());
    expect(statuses.filter((status) => status === 200)).toHaveLength(61);
    const refused = await server.post('/v1/echo', token, {});
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    server.nowMs += 1000;
    expect([await send(), await send()]).toEqual([200, 429]);
  });

  it('lists allowed methods, and sets security headers on every response', async () => {
    const server = serverOf(echo);
    const answers = {
      200: await server.ask('/v1/health'),
      404: await server.ask('/v1/nothing'),
      405: await server.ask('/v1/echo'),
      401: await server.ask('/v1/echo', { method: 'POST' }),
    };
    for (const [status, answer] of Object.entries(answers)) {
      expect(answer.status).toBe(Number(status));
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(answers[405].headers.get('allow')).toBe('POST');
  });

  it('logs internal errors without exposing them', async () => {
    for (const [error, status] of [
      [new Error('/secret/path exploded'), 500],
      [new StoreError('/secret/feedback.db: the disk is full'), 503],
    ] as const) {
      const server = serverOf(failing(error));
      const answer = await server.ask('/v1/fail');
      expect(answer.status).toBe(status);
      const body = (await answer.json()) as { instance: string };
      expect(JSON.stringify(body)).not.toContain('secret');
      expect(JSON.parse(server.lines[0]!)).toMatchObject({
        event: 'request-failed',
        instance: body.instance,
        message: error.message,
      });
    }
  });
});

describe('pages of other origins', () => {
  it('require a token that names their origin', async () => {
    const server = serverOf(echo);
    const [own, other, none] = await Promise.all([
      server.token({ origins: [app] }),
      server.token({ origins: ['https://other.example'] }),
      server.token(),
    ]);
    const send = (token: string, origin: string) => server.post('/v1/echo', token, {}, { origin });
    const good = await send(own, app);
    expect(good.status).toBe(200);
    expect(good.headers.get('access-control-allow-origin')).toBe(app);
    expect(good.headers.get('access-control-allow-credentials')).toBeNull();
    expect(good.headers.get('vary')).toContain('Origin');
    for (const token of [other, none]) expect((await send(token, app)).status).toBe(403);
    const unknown = await send(own, 'https://evil.example');
    expect(unknown.status).toBe(403);
    expect(unknown.headers.get('access-control-allow-origin')).toBeNull();
    expect((await send(own, 'null')).status).toBe(403);
    expect((await send(own, 'http://127.0.0.1:8700')).status).toBe(200);
  });

  it('do not become the server\u2019s own by the Host header', async () => {
    const server = serverOf(echo);
    const token = await server.token();
    const headers = { host: 'evil.example', origin: 'http://evil.example' };
    expect((await server.post('/v1/echo', token, {}, headers)).status).toBe(421);
    expect((await server.ask('/v1/health', { headers: { host: 'evil.example' } })).status).toBe(421);
    expect((await server.post('/v1/echo', token, {}, { ...headers, host: 'localhost:8700' })).status).toBe(
      403,
    );
  });

  it('cannot be given more than ingestion', async () => {
    const read: Route = { ...echo, path: '/v1/read', scopes: ['read'] };
    const server = serverOf(echo, read);
    const token = await server.token({ origins: [app], scopes: ['ingest', 'read', 'admin'] });
    expect((await server.post('/v1/echo', token, {})).status).toBe(200);
    expect((await server.post('/v1/read', token, {})).status).toBe(403);
  });

  it('learn the allowed methods from the preflight', async () => {
    const server = serverOf(echo);
    await server.token({ origins: [app] });
    const ask = (origin: string) =>
      server.ask('/v1/echo', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const known = await ask(app);
    expect(known.status).toBe(204);
    expect(known.headers.get('access-control-allow-origin')).toBe(app);
    expect(known.headers.get('access-control-allow-methods')).toBe('POST');
    expect(known.headers.get('access-control-allow-headers')).toContain('authorization');
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const [{ id } = { id: '' }] = await server.tokens.list();
    await server.tokens.revoke(id, 'now');
    server.nowMs += 1000;
    expect((await ask(app)).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('cannot send a form', async () => {
    const server = serverOf(echo);
    const token = await server.token({ origins: [app] });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
      expect((await server.post('/v1/echo', token, '{}', { 'content-type': type })).status).toBe(415);
  });
});

describe('bodies', () => {
  const server = serverOf(echo);
  const send = async (body: string | Uint8Array, type = 'application/json') => {
    const answer = await server.post('/v1/echo', await server.token(), body, { 'content-type': type });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('are one record, a list or lines', async () => {
    expect((await send('{"a":1}', 'application/json; charset=utf-8')).body).toEqual({
      ok: true,
      batch: false,
      records: [{ value: { a: 1 } }],
      characters: 7,
    });
    expect((await send('[{"a":1},2]')).body).toMatchObject({
      batch: true,
      records: [{ value: { a: 1 } }, { unreadable: 'is not an object' }],
    });
    expect((await send('{"a":1}\r\n\n{"b":\n', 'application/x-ndjson')).body).toMatchObject({
      batch: true,
      records: [{ value: { a: 1 } }, { unreadable: 'is not JSON' }],
    });
  });

  it('are refused when they cannot be read', async () => {
    expect((await send('{"a":')).status).toBe(400);
    expect((await send(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).status).toBe(400);
    expect((await send(JSON.stringify({ comment: 'x'.repeat(100_000) }))).status).toBe(413);
    for (const [count, status] of [
      [10_000, 200],
      [10_001, 413],
    ] as const)
      expect((await send(`[${Array(count).fill('{}')}]`)).status).toBe(status);
  });

  it('of a page are small and have few records', async () => {
    const big = new TestServer(() => [healthRoutes, { routes: [echo] }], 8 * 1024 * 1024);
    const page = await big.token({ origins: [app] });
    const status = async (body: string, token: string, type = 'application/json') =>
      (await big.post('/v1/echo', token, body, { 'content-type': type })).status;
    const long = JSON.stringify({ a: 'x'.repeat(256 * 1024) });
    expect([await status(long, page), await status(long, await big.token())]).toEqual([413, 200]);
    const many = '{}\n'.repeat(501);
    expect(await status(many, page, 'application/x-ndjson')).toBe(413);
    expect(await status(many, await big.token(), 'application/x-ndjson')).toBe(200);
    expect(await status(`[${'{},'.repeat(500)}{}]`, page)).toBe(413);
  });

  it.each([
    ['{"query":[1,1],"x":[', ']}'],
    ['[{"a":[', ']}]'],
    ['{"a":{', '}}'],
  ])('with too many values are refused before they are parsed: %s', async (start, end) => {
    const values = start.endsWith('{')
      ? Array.from({ length: 10_001 }, (_, n) => `"k${n}":1`)
      : Array(10_001).fill(1);
    const body = `${start}${values.join()}${end}`;
    expect((await send(body.slice(0, 99_000))).status).toBe(413);
  });

  it('count against the rate by their length', async () => {
    const own = serverOf(echo);
    const token = await own.token({ eventsPerMinute: 60 });
    const routes = feedbackServer();
    const limited = await routes.server.token({ eventsPerMinute: 4 });
    const post = async () =>
      (await routes.server.post('/v1/feedback', limited, { comment: 'x'.repeat(90_000) })).status;
    expect([await post(), await post()]).toEqual([422, 429]);
    expect((await own.post('/v1/echo', token, {})).status).toBe(200);
  });

  it.each([
    [`${'['.repeat(50_000)}${']'.repeat(50_000)}`.slice(1, -1), /400|413/],
    [`{"a":${'['.repeat(40)}${']'.repeat(40)}}`, /nested deeper than 32/],
    ['{"settings":{"__proto__":{"admin":true}}}', /__proto__/],
    ['{"comment":"\\ud800"}', /half of a character/],
    ['{"\\udc00":1}', /half of a character/],
  ])('hold nothing that hurts later: %s', async (body, words) => {
    const { status, body: answer } = await send(body);
    expect(`${status} ${JSON.stringify(answer)}`).toMatch(words);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});
