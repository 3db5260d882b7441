import type { AccessToken } from '../domain/access-token.ts';
import type { ServerContext } from './route.ts';

/**
 * What a browser needs to let a page of another origin ask. A preflight carries no token, so an origin passes when
 * some token in force names it; the request itself must then bring a token that does. Credentials are never allowed.
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
