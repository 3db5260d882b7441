import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { openModel } from '../../src/providers/index.ts';
import { never, requestOf, specOf } from '../support/chat-model.ts';

describe.each(['openai', 'anthropic', 'openai-compatible'] as const)('a large reply of %s', (provider) => {
  let server: Server;
  afterEach(() => server.closeAllConnections());

  async function ask(reply: (response: ServerResponse) => void, changes = {}) {
    server = createServer((request, response) => {
      request.resume().on('end', () => reply(response));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const spec = specOf(provider, { baseUrl: `http://127.0.0.1:${port}`, keyEnv: 'TEST_KEY', ...changes });
    const model = await openModel(spec, { TEST_KEY: 'k-0123456789' });
    try {
      return await model.complete(requestOf('Which?'), { signal: never }).catch((error: unknown) => error);
    } finally {
      await model.close?.();
      server.close();
    }
  }

  it('is dropped at the limit, and the connection with it', async () => {
    let closed: () => void;
    const dropped = new Promise<void>((done) => {
      closed = done;
    });
    const endless = (response: ServerResponse) => {
      response.on('close', () => closed());
      const piece = Buffer.alloc(65_536, 32);
      const write = () => {
        while (!response.destroyed && response.write(piece)) {
          // until the connection takes no more
        }
      };
      response.on('drain', write);
      write();
    };
    expect(await ask(endless)).toMatchObject({
      kind: 'reply_too_large',
      hint: expect.stringContaining('max_reply_bytes'),
    });
    await dropped;
  });

  it('is noticed while it is unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
    const bomb = (response: ServerResponse) =>
      void response.writeHead(200, { 'content-encoding': 'GZIP' }).end(packed);
    expect(await ask(bomb)).toMatchObject({ kind: 'reply_too_large' });
  });

  it('of an error is an error of that status', async () => {
    const page = (response: ServerResponse) => void response.writeHead(503).end('busy '.repeat(4_000_000));
    expect(await ask(page)).toMatchObject({ kind: 'overloaded', status: 503 });
  });

  it('is allowed where the job says so', async () => {
    const text = 'x'.repeat(9 * 1024 * 1024);
    const body =
      provider === 'anthropic'
        ? { content: [{ type: 'text', text }], stop_reason: 'end_turn' }
        : { choices: [{ message: { content: text }, finish_reason: 'stop' }] };
    const whole = (response: ServerResponse) => void response.end(JSON.stringify(body));
    expect(await ask(whole)).toMatchObject({ kind: 'reply_too_large' });
    server.closeAllConnections();
    expect(await ask(whole, { maxReplyBytes: 16 * 1024 * 1024 })).toMatchObject({ finish: 'stop' });
  });
});
