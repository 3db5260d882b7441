import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type Listening, listen } from './listen.ts';

let server: Listening;
afterEach(() => server.close(0));

function open(): ReturnType<typeof connect> {
  return connect(Number(new URL(server.url).port), '127.0.0.1');
}

it.each([
  ['sends nothing', ''],
  ['never ends its headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['never ends its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'],
])('disconnects a client that %s', async (_name, bytes) => {
  server = await listen({
    fetch: async (request) => new Response(await request.text()),
    host: '127.0.0.1',
    port: 0,
    headersTimeoutMs: 50,
    requestTimeoutMs: 100,
  });
  const socket = open();
  socket.write(bytes);
  socket.resume();
  await once(socket, 'close');
});

it('rejects unlimited headers', async () => {
  server = await listen({ fetch: () => new Response('ok'), host: '127.0.0.1', port: 0 });
  const answer = await fetch(server.url, { headers: { 'x-long': 'x'.repeat(9000) } });
  expect(answer.status).toBe(431);
});

it('finishes requests in flight before it closes, and accepts no new ones', async () => {
  let begun = () => {};
  let finish = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const mayFinish = new Promise<void>((resolve) => {
    finish = resolve;
  });
  server = await listen({
    fetch: async () => {
      begun();
      await mayFinish;
      return new Response('done');
    },
    host: '127.0.0.1',
    port: 0,
  });
  const answer = fetch(server.url);
  await hasBegun;
  const closed = server.close(10_000);
  const late = open();
  await expect(once(late, 'connect')).rejects.toThrow('ECONNREFUSED');
  finish();
  expect(await (await answer).text()).toBe('done');
  await closed;
});
