import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

export interface ListenOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** How long a client may take for its headers; those who take longer are cut off. */
  readonly headersTimeoutMs?: number;
  /** How long for the whole request. */
  readonly requestTimeoutMs?: number;
}

export interface Listening {
  readonly url: string;
  /** Takes nothing new, finishes what is in flight, cuts off what takes longer than `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Puts an application behind a port, with limits for clients that are slow on purpose. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { headersTimeoutMs = 10_000, requestTimeoutMs = 30_000 } = options;
  const server = createAdaptorServer({
    fetch: options.fetch as Parameters<typeof createAdaptorServer>[0]['fetch'],
    createServer,
    serverOptions: {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, headersTimeoutMs),
      keepAliveTimeout: 5000,
      maxHeaderSize: 8192,
    },
  }) as Server;
  server.maxConnections = 2048;
  let closing = false;
  // a connection that is kept open would keep a closing server open, too
  server.on('request', (_, response) => {
    if (closing) response.setHeader('Connection', 'close');
    response.once('close', () => {
      if (closing) server.closeIdleConnections();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close(graceMs) {
      closing = true;
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      return new Promise((resolve) => {
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}
