import { STATUS_CODES } from 'node:http';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { ServerContext } from './route.ts';

/** A problem as data (RFC 9457). */
export interface Problem {
  readonly status: ContentfulStatusCode;
  /** Stable name for programs, for example `invalid-event`. */
  readonly code: string;
  readonly detail: string;
  /** Paths of missing required fields. */
  readonly missing?: readonly string[];
  readonly problems?: readonly { readonly path: string; readonly message: string }[];
  readonly retryAfterSeconds?: number;
}

/** The response for a problem, as problem+json (RFC 9457). */
export function answerProblem(c: ServerContext, problem: Problem, instance?: string): Response {
  const { status, code, retryAfterSeconds, ...rest } = problem;
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(Math.ceil(retryAfterSeconds)));
  const body = { type: `urn:quorate:problem:${code}`, title: STATUS_CODES[status], status, ...rest };
  return c.body(JSON.stringify(instance === undefined ? body : { ...body, instance }), status, {
    'content-type': 'application/problem+json',
  });
}

/** Schema of every problem. */
export const problemSchema = z.object({
  type: z.string().describe('urn:quorate:problem: and a stable name'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  missing: z.array(z.string()).optional().describe('Needed fields that were not there'),
  problems: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .describe('Everything that is wrong, each with the field it is about'),
  instance: z.string().optional().describe('To be found in the log of the server'),
});
