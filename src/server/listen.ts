import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

export interface ListenOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly host: string;
  /** 0 chooses a free port. */
  readonly port: number;
  /** Time limit for the headers of a request. */
  readonly headersTimeoutMs?: number;
  /** Time limit for the whole request. */
  readonly requestTimeoutMs?: number;
}

export interface Listening {
  readonly url: string;
  /** Accepts no new requests, finishes those in flight, disconnects what takes longer than `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Serves an application on a port, with limits against slow clients. */
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
  // a keep-alive connection would keep a closing server open
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
