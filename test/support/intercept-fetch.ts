import type { RequestHandler } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

/**
 * Answers the requests that the tests of this file make with `fetch` or a vendor's SDK; a request without a handler
 * fails. Call it once, at the top of a file or of a `describe`. Handlers added with `use` last for one test.
 */
export function interceptFetch(...handlers: readonly RequestHandler[]): SetupServer {
  const server = setupServer(...handlers);
  beforeAll(() =>
    server.listen({
      onUnhandledRequest(request, print) {
        // a vendor's SDK tries `fetch` out on an empty data URL
        if (!request.url.startsWith('data:')) print.error();
      },
    }),
  );
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return server;
}
