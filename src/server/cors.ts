import type { AccessToken } from '../domain/access-token.ts';
import type { ServerContext } from './route.ts';

/** CORS headers for pages of other origins. A preflight has no token, so an origin is allowed if any valid token names it; the
 * request itself must then use such a token. Credentials are never allowed.
 */
export function allowOrigin(c: ServerContext, tokens: readonly AccessToken[]): boolean {
  c.header('Vary', 'Origin');
  const origin = c.req.header('origin');
  const known = tokens.some((token) => token.revokedAt === undefined && token.origins.includes(origin ?? ''));
  if (origin === undefined || !known) return false;
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Access-Control-Expose-Headers', 'Retry-After');
  return true;
}

/** Answers a preflight. */
export function answerPreflight(c: ServerContext, methods: readonly string[]): Response {
  return c.body(null, 204, {
    'Access-Control-Allow-Methods': methods.join(', ').toUpperCase(),
    'Access-Control-Allow-Headers': 'authorization, content-type',
    'Access-Control-Max-Age': '7200',
  });
}
