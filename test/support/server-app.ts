import type { AccessToken } from '../../src/domain/intake.ts';
import { type AppParts, createApp } from '../../src/server/app.ts';
import { mintToken } from '../../src/server/mint-token.ts';
import { ownAddress } from '../../src/server/own-address.ts';
import type { RouteModule } from '../../src/server/route.ts';
import { createServerLog } from '../../src/server/server-log.ts';
import { MemoryTokenStore } from '../../src/store/memory/memory-token-store.ts';

/** A server without a socket, with a clock that stands still until a test moves it. */
export class TestServer {
  readonly tokens = new MemoryTokenStore();
  readonly lines: string[] = [];
  nowMs = Date.parse('2026-05-01T12:00:00Z');
  readonly clock: AppParts['clock'] = { now: () => this.nowMs, sleep: () => Promise.resolve() };
  readonly log = createServerLog((line) => this.lines.push(line), this.clock);
  readonly #app;

  constructor(modules: (server: TestServer) => readonly RouteModule[], maxBodyBytes = 100_000) {
    const { tokens, clock, log } = this;
    const address = ownAddress({ host: '127.0.0.1', port: () => 8700, publicUrls: [] });
    this.#app = createApp({ modules: modules(this), tokens, clock, log, maxBodyBytes, address });
  }

  async token(grant: Partial<AccessToken> = {}): Promise<string> {
    const { secret } = await mintToken(this.tokens, {
      scopes: ['ingest'],
      origins: [],
      eventsPerMinute: null,
      signedAuthors: false,
      createdAt: '2026-05-01T00:00:00.000Z',
      ...grant,
    });
    return secret;
  }

  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return Promise.resolve(this.#app.request(`http://127.0.0.1:8700${path}`, init));
  }

  /** Sends JSON, or a body as it is, with a token. */
  post(
    path: string,
    token: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return this.ask(path, {
      method: 'POST',
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    });
  }
}
