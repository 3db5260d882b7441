import { type AccessToken, opens, type Scope } from '../domain/access-token.ts';
import type { TokenStore } from '../ports/token-store.ts';
import { findToken } from './mint-token.ts';
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
  if (origin !== undefined && !token.origins.includes(origin) && origin !== new URL(c.req.url).origin)
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
