import { describe, expect, it } from 'vitest';
import { feedbackServer, keys, served, thumb } from '../../../test/support/feedback-routes.ts';
import type { AccessToken } from '../../domain/intake.ts';
import { signAuthor } from '../name-author.ts';

type Body = Record<string, unknown> & { readonly results?: readonly Record<string, unknown>[] };
const { session_id, query_id, query, response, model_version, settings, at, source, ...reference } = thumb;
const { author: _, ...anonymous } = reference;

async function open(grant: Partial<AccessToken> = {}, more = {}) {
  const { server, store } = feedbackServer(more);
  const token = await server.token(grant);
  const send = async (body: unknown, path = '/v1/feedback', secret = token, type = 'application/json') => {
    const answer = await server.post(path, secret, body, { 'content-type': type });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
  };
  const record = (interaction: object = served) => send(interaction, '/v1/interactions');
  return { server, store, token, send, record };
}

describe('POST /v1/feedback', () => {
  it('stores an event once, and recognises a repetition', async () => {
    const { send, store } = await open();
    expect(await send(thumb)).toMatchObject({ status: 201, body: { id: 'e1', status: 'stored' } });
    expect(await send(thumb)).toMatchObject({ status: 200, body: { id: 'e1', status: 'repeated' } });
    expect(await send({ ...thumb, thumb: 'down' })).toMatchObject({
      status: 409,
      body: { type: 'urn:quorate:problem:conflict', status: 409 },
    });
    const { event } = (await store.event('e1'))!;
    expect(event).toMatchObject({ thumb: 'up', author_kind: 'end_user', author: keys.pseudonymOf('anna') });
    expect(JSON.stringify(event)).not.toContain('anna');
  });

  it('lists every missing field without a recorded interaction', async () => {
    const { send } = await open();
    const { status, body } = await send({ id: 'e1', kind: 'thumb', thumb: 'up', response_id: 'r9' });
    expect(status).toBe(422);
    expect(body.missing).toEqual(
      expect.arrayContaining([
        'session_id',
        'query_id',
        'query',
        'response',
        'model_version',
        'settings',
        'at',
        'source',
        'author',
      ]),
    );
    expect(body.detail).toMatch(/record the interaction/);
  });

  it('fills in the context from the interaction that was recorded', async () => {
    const { send, record, store } = await open();
    expect((await record()).status).toBe(201);
    expect((await record()).status).toBe(200);
    expect((await record({ ...served, response: 'Three.' })).status).toBe(409);
    expect((await send(reference)).status).toBe(201);
    const stored = await store.event('e1');
    expect(stored!.event).toEqual({
      ...thumb,
      at: '2026-05-01T12:00:00.000Z',
      author_kind: 'end_user',
      author: keys.pseudonymOf('anna'),
    });
  });

  it('recognises a repeated event without a time', async () => {
    const { send, record, server } = await open();
    await record();
    expect((await send(reference)).status).toBe(201);
    server.nowMs += 60_000;
    expect((await send(reference)).status).toBe(200);
  });

  it('uses the author of the interaction, or else its session', async () => {
    const { send, record, store } = await open();
    await record({ ...served, author: 'anna' });
    await record({ ...served, response_id: 'r2' });
    await send(anonymous);
    await send({ ...anonymous, id: 'e2', response_id: 'r2' });
    expect((await store.event('e1'))!.event.author).toBe(keys.pseudonymOf('anna'));
    expect((await store.event('e2'))!.event.author).toBe(keys.pseudonymOf('session:s1'));
  });

  it('rejects a judgement of a response that was never served', async () => {
    const { send, record } = await open();
    await record();
    const forged = await send({ ...thumb, response: 'Mars has three moons.' });
    expect(forged).toMatchObject({ status: 422, body: { problems: [{ path: 'response' }] } });
    expect((await send(thumb)).status).toBe(201);
  });

  it('fills in the other responses of a comparison and a ranking', async () => {
    const { send, record, store } = await open();
    await record();
    await record({ ...served, response_id: 'r2', response: 'Three.', model_version: 'm2' });
    const { thumb: _thumb, ...bare } = { ...reference, kind: 'comparison', preferred: 'this' };
    expect((await send({ ...bare, other: { response_id: 'r9' } })).body.missing).toEqual(['other.response']);
    expect((await send({ ...bare, other: { response_id: 'r2' } })).status).toBe(201);
    expect((await store.event('e1'))!.event).toMatchObject({
      other: { response_id: 'r2', response: 'Three.', model_version: 'm2' },
    });
    const { preferred, ...ranking } = { ...bare, id: 'e2', kind: 'ranking', ranking: [['r2'], ['r1']] };
    expect((await send({ ...ranking, others: [{ response_id: 'r2' }] })).status).toBe(201);
  });

  it.each([
    ['a time in the future', { at: '2026-05-01T13:00:00Z' }, 'at'],
    ['a pseudonym for an author', { author: `k1:${'0'.repeat(32)}` }, 'author'],
    ['an unknown field', { admin: true }, 'admin'],
    ['a comment without end', { comment: 'x'.repeat(30_000) }, 'comment'],
    ['six stars', { kind: 'stars', stars: 6, thumb: undefined }, 'stars'],
  ])('rejects %s', async (_name, change, path) => {
    const { send } = await open();
    const { status, body } = await send({ ...thumb, ...change });
    expect(status).toBe(422);
    expect(JSON.stringify(body.problems)).toContain(`"path":"${path}"`);
  });

  it('rejects unreadable bodies, and stores hostile text as data', async () => {
    const { send, store } = await open();
    expect((await send('{"settings":{"__proto__":{}}}')).status).toBe(422);
    expect((await send('[1,2')).status).toBe(400);
    const comment = '<script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u0000';
    const sent = await send({ ...thumb, comment });
    expect(sent.status).toBe(201);
    expect((await store.event('e1'))!.event).toMatchObject({ comment });
  });

  it('answers a batch event by event, whatever is wrong with some', async () => {
    const { send } = await open();
    const batch = [
      thumb,
      thumb,
      { ...thumb, thumb: 'down' },
      { id: 'e2', kind: 'thumb' },
      7,
      { ...thumb, id: 'e3' },
    ];
    const { status, body } = await send(batch);
    expect(status).toBe(200);
    expect(body).toMatchObject({ stored: 2, repeated: 1, refused: 3 });
    expect(body.results).toMatchObject([
      { index: 0, id: 'e1', status: 'stored' },
      { index: 1, id: 'e1', status: 'repeated' },
      { index: 2, id: 'e1', status: 'refused', problem: { status: 409 } },
      {
        index: 3,
        id: 'e2',
        status: 'refused',
        problem: { status: 422, missing: expect.arrayContaining(['query']) },
      },
      { index: 4, id: null, status: 'refused', problem: { code: 'unreadable' } },
      { index: 5, id: 'e3', status: 'stored' },
    ]);
    const lines = `${batch.map((one) => JSON.stringify(one)).join('\n')}\n{"id":`;
    const again = await send(lines, '/v1/feedback', undefined, 'application/x-ndjson');
    expect(again.body).toMatchObject({ stored: 0, repeated: 3, refused: 4 });
    expect((await send([])).body).toEqual({ stored: 0, repeated: 0, refused: 0, results: [] });
  });
});

describe('authors', () => {
  it('cannot be a session that the server names', async () => {
    const { send, record, server } = await open();
    await record({ ...served, session_id: 's1' });
    for (const author of ['session:s1', ' session:s1', 'SESSION:s1']) {
      expect((await send({ ...thumb, author })).status).toBe(403);
      expect((await send({ ...served, response_id: 'r7', author }, '/v1/interactions')).status).toBe(403);
    }
    const admin = await server.token({ scopes: ['admin'] });
    expect((await send({ ...thumb, author: 'session:s1' }, '/v1/feedback', admin)).status).toBe(201);
  });

  it('that a page invents share the limit of one', async () => {
    const { send, server } = await open({}, { authorEventsPerMinute: 2 });
    const page = await server.token({ origins: ['https://app.example'] });
    const say = async (n: number) =>
      (await send({ ...thumb, id: `e${n}`, author: `person ${n}` }, '/v1/feedback', page)).status;
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push(await say(n));
    expect(statuses).toEqual([201, 201, 201, 429, 429, 429]);
    // a server of the application vouches for its authors
    for (let n = 10; n < 16; n += 1)
      expect((await send({ ...thumb, id: `e${n}`, author: `person ${n}` })).status).toBe(201);
  });

  it('are limited to the kinds that the token allows', async () => {
    const kinds = async (scope: AccessToken['scopes'][number]) => {
      const { send } = await open({ scopes: [scope] });
      const statuses = [];
      for (const [n, author_kind] of ['end_user', 'expert', 'imported', undefined].entries())
        statuses.push((await send({ ...thumb, id: `e${n}`, author_kind })).status);
      return statuses;
    };
    expect(await kinds('ingest')).toEqual([201, 403, 403, 201]);
    expect(await kinds('annotate')).toEqual([201, 201, 403, 201]);
    expect(await kinds('admin')).toEqual([201, 201, 201, 201]);
    expect(await kinds('read')).toEqual([403, 403, 403, 403]);
  });

  it('require a signature if the token demands it', async () => {
    const { send, server, record } = await open({ signedAuthors: true });
    const [{ id } = { id: '' }] = await server.tokens.list();
    const author_signature = signAuthor(keys.signingKey(id), 'anna');
    expect((await send(thumb)).status).toBe(403);
    expect((await send({ ...thumb, author_signature: 'x' })).status).toBe(403);
    expect((await send({ ...thumb, author: 'bert', author_signature })).status).toBe(403);
    expect((await send({ ...thumb, author_signature })).status).toBe(201);
    await record({ ...served, response_id: 'r2' });
    expect((await send({ ...anonymous, id: 'e2', response_id: 'r2' })).status).toBe(201);
  });

  it('cannot be impersonated with a public key of a page', async () => {
    const { send, server, record } = await open();
    const page = await server.token({ origins: ['https://app.example'] });
    await record({ ...served, author: 'anna' });
    const say = (id: string, author: string) => send({ ...reference, id, author }, '/v1/feedback', page);
    expect((await say('e1', 'anna')).status).toBe(201);
    expect(await say('e2', 'the boss')).toMatchObject({
      status: 403,
      body: { problems: [{ path: 'author' }] },
    });
  });

  it('have a rate of their own', async () => {
    const { send, server } = await open({}, { authorEventsPerMinute: 2 });
    const statuses = [];
    for (const id of ['e1', 'e2', 'e3', 'e4']) statuses.push((await send({ ...thumb, id })).status);
    expect(statuses).toEqual([201, 201, 201, 429]);
    const late = await send({ ...thumb, id: 'e4' });
    expect(late.headers.get('retry-after')).toBe('30');
    expect((await send({ ...thumb, id: 'e5', author: 'bert' })).status).toBe(201);
    const batch = await send([
      { ...thumb, id: 'e6' },
      { ...thumb, id: 'e7', author: 'carl' },
    ]);
    expect(batch.body.results).toMatchObject([{ problem: { status: 429 } }, { status: 'stored' }]);
    const admin = await server.token({ scopes: ['admin'] });
    expect((await send({ ...thumb, id: 'e8' }, '/v1/feedback', admin)).status).toBe(201);
  });

  it('that were erased are rejected', async () => {
    const { send, store } = await open();
    await send(thumb);
    await store.erase(keys.pseudonymOf('anna'));
    expect((await send(thumb)).status).toBe(410);
  });
});

describe('reading', () => {
  it('is paginated, and requires scope read', async () => {
    const { send, server, token } = await open();
    for (const id of ['e1', 'e2', 'e3']) await send({ ...thumb, id });
    const read = await server.token({ scopes: ['read'] });
    const get = async (path: string, secret = read) => {
      const answer = await server.ask(path, { headers: { authorization: `Bearer ${secret}` } });
      return {
        status: answer.status,
        body: (await answer.json()) as { events: { id: string }[]; next: unknown },
      };
    };
    expect((await get('/v1/feedback', token)).status).toBe(403);
    const first = await get('/v1/feedback?limit=2');
    expect(first.body.events).toMatchObject([
      { id: 'e1', superseded_by: 'e2', received_at: '2026-05-01T12:00:00.000Z' },
      { id: 'e2', superseded_by: 'e3' },
    ]);
    expect(first.body.next).toBe('e2');
    const second = await get('/v1/feedback?limit=2&after=e2');
    expect(second.body).toMatchObject({ events: [{ id: 'e3' }], next: null });
    expect((await get('/v1/feedback?model_version=m9')).body.events).toEqual([]);
    expect((await get('/v1/feedback?limit=0')).status).toBe(422);
    expect((await get('/v1/feedback?what=ever')).status).toBe(422);
    expect((await get('/v1/feedback?after=e9')).status).toBe(404);
  });

  it('finds an interaction by its id, with the author as a pseudonym', async () => {
    const { record, server } = await open();
    await record({ ...served, response_id: 'a/b c', author: 'anna' });
    const read = await server.token({ scopes: ['read'] });
    const get = (id: string) =>
      server.ask(`/v1/interactions/${encodeURIComponent(id)}`, {
        headers: { authorization: `Bearer ${read}` },
      });
    expect(await (await get('a/b c')).json()).toMatchObject({
      ...served,
      response_id: 'a/b c',
      at: '2026-05-01T11:59:00.000Z',
      author: keys.pseudonymOf('anna'),
    });
    expect((await get('r9')).status).toBe(404);
  });
});
