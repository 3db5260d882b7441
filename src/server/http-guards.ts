import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AccessToken } from '../domain/intake.ts';
import { answerProblem } from './problem.ts';
import type { ServerContext, ServerEnv } from './route.ts';

/** Headers of every response: no framing, no sniffing, no scripts. A route may override them. */
export const securityHeaders: readonly (readonly [name: string, value: string])[] = [
  [
    'Content-Security-Policy',
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  ],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cache-Control', 'no-store'],
];

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

/** Rejects larger bodies before they are read: by content-length, or else by counting. */
export function limitBody(maxBytes: number): MiddlewareHandler<ServerEnv> {
  const refuse = (c: ServerContext) => {
    // the rest of the body is not awaited
    c.header('Connection', 'close');
    return answerProblem(c, {
      status: 413,
      code: 'too-large',
      detail: `the body is larger than ${maxBytes} bytes`,
    });
  };
  const counted = bodyLimit({ maxSize: maxBytes, onError: (c) => refuse(c as ServerContext) });
  return (c, next) => {
    const declared = c.req.header('content-length');
    // bodyLimit touches the body as a stream, which costs more than all else: only where nothing is declared
    if (declared === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
    return Number(declared) > maxBytes ? Promise.resolve(refuse(c)) : next();
  };
}
