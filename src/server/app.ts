import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { StoreError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { TokenStore } from '../ports/token-store.ts';
import { admit } from './admit.ts';
import { allowOrigin, answerPreflight } from './cors.ts';
import { answerProblem } from './problem.ts';
import { RateLimits } from './rate-limits.ts';
import type { Route, RouteModule, ServerContext, ServerEnv } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import type { ServerLog } from './server-log.ts';

export interface AppParts {
  readonly modules: readonly RouteModule[];
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly log: ServerLog;
  /** Larger bodies are refused before they are read. */
  readonly maxBodyBytes: number;
}

/** The HTTP application: standard Request in, Response out; needs no socket. */
export function createApp(parts: AppParts): Hono<ServerEnv> {
  const { modules, tokens, log } = parts;
  const app = new Hono<ServerEnv>();
  const rates = new RateLimits();
  const routes = modules.flatMap((module) => module.routes);
  app.use(async (c, next) => {
    await next();
    log.count(c.res.status);
    for (const [name, value] of securityHeaders) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  });
  app.use('/v1/*', async (c, next) => {
    if (c.req.header('origin') !== undefined) allowOrigin(c, await tokens.list());
    await next();
  });
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
    app.options(honoPath(path), (c) => answerPreflight(c, methods));
  }
  const limitBody = bodyLimit({
    maxSize: parts.maxBodyBytes,
    onError: (c) =>
      answerProblem(c as ServerContext, {
        status: 413,
        code: 'too-large',
        detail: `the body is larger than ${parts.maxBodyBytes} bytes`,
      }),
  });
  for (const route of routes) {
    app.on(route.method.toUpperCase(), honoPath(route.path), limitBody, (c) =>
      answer(c, route, parts, rates),
    );
  }
  app.all('*', (c) => {
    const methods = routes
      .filter(({ path }) => path === c.req.path)
      .map(({ method }) => method.toUpperCase());
    if (methods.length === 0)
      return answerProblem(c, { status: 404, code: 'not-found', detail: 'there is nothing here' });
    c.header('Allow', methods.join(', '));
    return answerProblem(c, { status: 405, code: 'method', detail: `this takes ${methods.join(' and ')}` });
  });
  app.onError((error, c) => {
    const instance = `urn:uuid:${randomUUID()}`;
    log.failure(instance, error);
    // what went wrong inside is for the log only
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

async function answer(c: ServerContext, route: Route, parts: AppParts, rates: RateLimits): Promise<Response> {
  if (route.scopes === null) return route.handle(c);
  const admission = await admit(c, parts.tokens, route.scopes);
  if (!admission.ok) return answerProblem(c, admission.problem);
  const { token } = admission;
  const now = parts.clock.now();
  const waitMs = rates.take(token.id, token.eventsPerMinute, now);
  if (waitMs > 0) {
    return answerProblem(c, {
      status: 429,
      code: 'rate',
      detail: `more than ${token.eventsPerMinute} a minute with this token`,
      retryAfterSeconds: waitMs / 1000,
    });
  }
  c.set('token', token);
  c.set('charge', (units) => rates.owe(token.id, units, token.eventsPerMinute, now));
  return route.handle(c);
}

function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
