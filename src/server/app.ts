import { randomUUID } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { StoreError } from '../domain/errors.ts';
import { type AccessToken, isPageKey } from '../domain/intake.ts';
import type { Clock } from '../ports/clock.ts';
import type { TokenStore } from '../ports/token-store.ts';
import { admit, RecentTokens } from './authorize.ts';
import { allowOrigin, answerPreflight, limitBody, securityHeaders } from './http-guards.ts';
import { noAddress, type OwnAddress } from './own-address.ts';
import { answerProblem, type Problem } from './problem.ts';
import { RateLimits } from './rate-limits.ts';
import type { Route, RouteModule, ServerContext, ServerEnv } from './route.ts';
import type { ServerLog } from './server-log.ts';

export interface AppParts {
  readonly modules: readonly RouteModule[];
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** Larger bodies are rejected before they are read. */
  readonly maxBodyBytes: number;
  /** The same for tokens of pages, which anybody may know; default: 256 KiB. */
  readonly maxPageBodyBytes?: number;
  /** Default: none, as inside another server. */
  readonly address?: OwnAddress;
}

/** The HTTP application: standard Request in, Response out; needs no socket. */
export function createApp(parts: AppParts): Hono<ServerEnv> {
  const { modules, log } = parts;
  const tokens = new RecentTokens(parts.tokens, parts.clock);
  const { address = noAddress, maxPageBodyBytes = 256 * 1024 } = parts;
  const limits = {
    page: limitBody(Math.min(maxPageBodyBytes, parts.maxBodyBytes)),
    other: limitBody(parts.maxBodyBytes),
  };
  const limit: MiddlewareHandler<ServerEnv> = (c, next) => {
    const token = c.get('token') as AccessToken | undefined;
    return (token !== undefined && isPageKey(token) ? limits.page : limits.other)(c, next);
  };
  const app = new Hono<ServerEnv>();
  const rates = new RateLimits();
  const routes = modules.flatMap((module) => module.routes);
  app.use(async (c, next) => {
    await next();
    log.count(c.res.status);
    for (const [name, value] of securityHeaders) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });
  app.use(async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (address.acceptsHost(host)) return next();
    return answerProblem(c, {
      status: 421,
      code: 'host',
      detail: 'this server is not known under this host name: start it with --public-url',
    });
  });
  app.use('/v1/*', async (c, next) => {
    if (c.req.header('origin') !== undefined) allowOrigin(c, await tokens.list());
    await next();
  });
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
    app.options(honoPath(path), (c) => answerPreflight(c, methods));
  }
  for (const route of routes) {
    const guard: MiddlewareHandler<ServerEnv> = async (c, next) => {
      const problem = await authorize(c, route, { tokens, rates, address, nowMs: parts.clock.now() });
      return problem === null ? next() : answerProblem(c, problem);
    };
    app.on(route.method.toUpperCase(), honoPath(route.path), guard, limit, (c) => route.handle(c));
  }
  app.all('*', (c) => {
    const methods = routes
      .filter(({ path }) => path === c.req.path)
      .map(({ method }) => method.toUpperCase());
    if (methods.length === 0)
      return answerProblem(c, { status: 404, code: 'not-found', detail: 'not found' });
    c.header('Allow', methods.join(', '));
    return answerProblem(c, { status: 405, code: 'method', detail: `this takes ${methods.join(' and ')}` });
  });
  app.onError((error, c) => {
    const instance = `urn:uuid:${randomUUID()}`;
    log.failure(instance, error);
    // internal errors are only logged
    return error instanceof StoreError
      ? answerProblem(
          c,
          { status: 503, code: 'store', detail: 'the store cannot be used now', retryAfterSeconds: 5 },
          instance,
        )
      : answerProblem(c, { status: 500, code: 'internal', detail: 'the server failed' }, instance);
  });
  return app;
}

interface Guards {
  readonly tokens: RecentTokens;
  readonly rates: RateLimits;
  readonly address: OwnAddress;
  readonly nowMs: number;
}

/** Checks token, origin and rate of a request. @returns null, or the problem */
async function authorize(
  c: ServerContext,
  route: Route,
  { tokens, rates, address, nowMs }: Guards,
): Promise<Problem | null> {
  if (route.scopes === null) return null;
  const admission = await admit(c, tokens, route.scopes, address);
  if (!admission.ok) return admission.problem;
  const { id, eventsPerMinute } = admission.token;
  c.set('token', admission.token);
  c.set('charge', (units) => rates.owe(id, units, eventsPerMinute, nowMs));
  const waitMs = rates.take(id, eventsPerMinute, nowMs);
  if (waitMs === 0) return null;
  return {
    status: 429,
    code: 'rate',
    detail: `more than ${eventsPerMinute} a minute with this token`,
    retryAfterSeconds: waitMs / 1000,
  };
}

function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
