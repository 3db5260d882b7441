import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { thumb } from '../support/feedback-routes.ts';
import { programIsBuilt, startServe } from '../support/serve-process.ts';
import { Workspace } from '../support/workspace.ts';

describe.skipIf(!programIsBuilt)('quorate serve', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.remove());

  it.each([
    ['SIGTERM', 0],
    ['SIGINT', 130],
  ] as const)('listens on loopback, says where, and ends cleanly on %s', async (signal, code) => {
    const server = await startServe(workspace);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`${server.url}/v1/health`)).json()).toEqual({ status: 'ok' });
    expect(await server.stop(signal)).toBe(code);
    expect(server.said.map(({ event }) => event)).toEqual([
      'no-token',
      'listening',
      'stopping',
      'answered',
      'stopped',
    ]);
  });

  it('does not listen where others can reach it before there is a token', async () => {
    await expect(startServe(workspace, ['--host', '0.0.0.0'])).rejects.toThrow(/requires at least one token/);
    await workspace.quorate(['tokens', 'create', '--scope', 'ingest']);
    const server = await startServe(workspace, ['--host', '0.0.0.0']);
    expect(await server.stop('SIGTERM')).toBe(0);
  });

  it('says that a port is taken or none at all', async () => {
    const server = await startServe(workspace);
    const env = { QUORATE_AUTHOR_KEY: 'a key for tests, long enough to be one' };
    const again = await workspace.quorate(['serve', '--port', new URL(server.url).port], { env });
    expect(again).toMatchObject({ code: 2, err: expect.stringMatching(/EADDRINUSE/) });
    expect(await workspace.quorate(['serve', '--port', '70000'])).toMatchObject({ code: 2 });
    expect(await workspace.quorate(['serve', '--port', '0'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('QUORATE_AUTHOR_KEY'),
    });
    await server.stop('SIGTERM');
  });

  it('refuses what is too large without reading it, and goes on answering', async () => {
    const token = (await workspace.quorate(['tokens', 'create', '--scope', 'ingest'])).out.trim();
    const server = await startServe(workspace);
    const at = new Date().toISOString();
    const send = (comment: string, chunked: boolean) => {
      const body = Buffer.from(JSON.stringify({ ...thumb, at, comment }));
      return fetch(`${server.url}/v1/feedback`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(chunked ? { body: new Blob([body]).stream(), duplex: 'half' } : { body }),
      });
    };
    const large = '<script>alert(1)</script>'.repeat(400_000);
    for (const chunked of [false, true]) {
      // a server that closes early may be seen as a broken connection before its answer is
      const status = await send(large, chunked).then(
        (answer) => answer.status,
        () => 413,
      );
      expect(status).toBe(413);
    }
    expect((await send('x'.repeat(30_000), false)).status).toBe(422);
    expect((await send('<script>alert(1)</script>', true)).status).toBe(201);
    expect(await server.stop('SIGTERM')).toBe(0);
  });

  it('loses no event that it acknowledged when it is killed, and counts what comes again once', async () => {
    const token = (
      await workspace.quorate(['tokens', 'create', '--scope', 'ingest', '--scope', 'read'])
    ).out.trim();
    const post = async (url: string, index: number): Promise<number> => {
      const answer = await fetch(`${url}/v1/feedback`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...thumb,
          at,
          id: `e${index}`,
          response_id: `r${index}`,
          author: `person ${index}`,
        }),
      });
      return answer.status;
    };
    const at = new Date().toISOString();
    const acknowledged = new Set<number>();
    let next = 0;
    for (const killAfter of [25, 60, 100]) {
      const server = await startServe(workspace);
      let killed: Promise<unknown> | undefined;
      const sendAll = async () => {
        while (killed === undefined) {
          const index = next++;
          const status = await post(server.url, index).catch(() => 0);
          if (status === 201) acknowledged.add(index);
          if (acknowledged.size >= killAfter) killed ??= server.stop('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: 8 }, sendAll));
      await killed;
    }
    const server = await startServe(workspace);
    const again = await Promise.all([...acknowledged].map((index) => post(server.url, index)));
    expect(new Set(again)).toEqual(new Set([200]));
    const all = await Promise.all(Array.from({ length: next }, (_, index) => post(server.url, index)));
    expect(Math.max(...all)).toBeLessThan(202);
    const listed = await fetch(`${server.url}/v1/feedback?limit=1000`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(((await listed.json()) as { events: unknown[] }).events).toHaveLength(next);
    expect(await server.stop('SIGTERM')).toBe(0);
  }, 120_000);
});
