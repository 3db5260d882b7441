import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../../src/domain/routing.ts';
import { thumb } from '../support/feedback-routes.ts';
import { programIsBuilt, startServe } from '../support/serve-process.ts';
import { Workspace } from '../support/workspace.ts';

describe.skipIf(!programIsBuilt)('a safety complaint over HTTP', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
    vi.stubEnv('HOOK_SECRET', 'shared');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    workspace.remove();
  });

  it('is delivered at once, before any cleaning or routing', async () => {
    let received = (_: string): void => undefined;
    const body = new Promise<string>((resolve) => {
      received = resolve;
    });
    const hook = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      response.writeHead(204).end();
      received(text);
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
    workspace.write('feedback.yaml', `alerts: { webhook: { url: "${url}", secret_env: HOOK_SECRET } }\n`);
    const token = (await workspace.quorate(['tokens', 'create', '--scope', 'ingest'])).out.trim();
    const server = await startServe(workspace);
    const answer = await fetch(`${server.url}/v1/feedback`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...thumb,
        kind: 'flag',
        thumb: undefined,
        flag: 'safety',
        comment: 'ask ann@example.org',
      }),
    });
    expect(answer.status).toBe(201);
    const alert = JSON.parse(await body) as Alert;
    expect(alert).toMatchObject({ kind: 'safety', event: thumb.id, from: 'flag' });
    expect(alert.comment).toBe('ask [EMAIL_1]');
    expect(await server.stop('SIGTERM')).toBe(0);
    await new Promise((resolve) => hook.close(resolve));
  });
});
