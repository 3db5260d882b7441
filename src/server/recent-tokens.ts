import type { AccessToken } from '../domain/access-token.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredToken, TokenStore } from '../ports/token-store.ts';

interface Seen<T> {
  readonly value: T;
  readonly untilMs: number;
}

/** How long a token that another process revoked may remain valid. */
const freshMs = 1000;

/** Caches tokens for at most a second, so that not every request reads the store. New tokens are valid immediately. */
export class RecentTokens implements Pick<TokenStore, 'find' | 'list'> {
  readonly #store: TokenStore;
  readonly #clock: Clock;
  readonly #found = new Map<string, Seen<StoredToken>>();
  #all: Seen<readonly AccessToken[]> | undefined;

  constructor(store: TokenStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async find(id: string): Promise<StoredToken | undefined> {
    const nowMs = this.#clock.now();
    const seen = this.#found.get(id);
    if (seen !== undefined && nowMs < seen.untilMs) return seen.value;
    const value = await this.#store.find(id);
    if (value !== undefined) this.#found.set(id, { value, untilMs: nowMs + freshMs });
    return value;
  }

  async list(): Promise<readonly AccessToken[]> {
    const nowMs = this.#clock.now();
    if (this.#all === undefined || nowMs >= this.#all.untilMs)
      this.#all = { value: await this.#store.list(), untilMs: nowMs + freshMs };
    return this.#all.value;
  }
}
