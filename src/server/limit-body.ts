import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { answerProblem } from './problem.ts';
import type { ServerContext, ServerEnv } from './route.ts';

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
