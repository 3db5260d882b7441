import { type AccessToken, opens, type Scope } from '../domain/intake.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredToken, TokenStore } from '../ports/token-store.ts';
import { findToken } from './mint-token.ts';
import type { OwnAddress } from './own-address.ts';
import type { Problem } from './problem.ts';
import type { ServerContext } from './route.ts';

export type Admission =
  | { readonly ok: true; readonly token: AccessToken }
  | { readonly ok: false; readonly problem: Problem };

/** Authenticates and authorizes a request: token, then origin, then scopes. */
export async function admit(
  c: ServerContext,
  tokens: Pick<TokenStore, 'find'>,
  scopes: readonly Scope[],
  address: OwnAddress,
): Promise<Admission> {
  const secret = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const token = secret === undefined ? undefined : await findToken(tokens, secret);
  if (token === undefined) {
    c.header(
      'WWW-Authenticate',
      `Bearer realm="quorate"${secret === undefined ? '' : ', error="invalid_token"'}`,
    );
    return refuse(
      401,
      'token',
      secret === undefined ? 'a token is needed' : 'this token is unknown or revoked',
    );
  }
  const origin = c.req.header('origin');
  if (origin !== undefined && !token.origins.includes(origin) && !address.isOwnOrigin(origin))
    return refuse(403, 'origin', 'this token may not be used from pages of this origin');
  if (!opens(token, scopes)) {
    return refuse(
      403,
      'scope',
      `this needs scope ${scopes.join(' or ')}; the token has ${token.scopes.join(', ')}`,
    );
  }
  return { ok: true, token };
}

function refuse(status: 401 | 403, code: string, detail: string): Admission {
  return { ok: false, problem: { status, code, detail } };
}

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
