import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    await expect(startServe(workspace, ['--host', '0.0.0.0'])).rejects.toThrow(
      /at least one token must exist/,
    );
    await workspace.quorate(['tokens', 'create', '--scope', 'ingest']);
    const server = await startServe(workspace, ['--host', '0.0.0.0']);
    expect(await server.stop('SIGTERM')).toBe(0);
  });

  it('says that a port is taken or none at all', async () => {
    const server = await startServe(workspace);
    const again = await workspace.quorate(['serve', '--port', new URL(server.url).port]);
    expect(again).toMatchObject({ code: 2, err: expect.stringMatching(/EADDRINUSE/) });
    expect(await workspace.quorate(['serve', '--port', '70000'])).toMatchObject({ code: 2 });
    await server.stop('SIGTERM');
  });
});
