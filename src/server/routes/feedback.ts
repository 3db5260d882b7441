import { z } from 'zod';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import { type IntakeRules, isPageKey } from '../../domain/intake.ts';
import { acceptEvent } from '../../feedback/intake/accept-event.ts';
import type { AuthorKeys } from '../../feedback/intake/author-keys.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import { feedbackRequestSchema } from '../feedback-request.ts';
import { fillEvent } from '../fill-event.ts';
import { type Checked, ingest, intakeOperation, refuse } from '../ingest.ts';
import { nameAuthor } from '../name-author.ts';
import { RateLimits } from '../rate-limits.ts';
import type { RouteModule, ServerContext } from '../route.ts';
import { listFeedback, listOperation } from './list-feedback.ts';

export interface FeedbackParts {
  readonly store: FeedbackStore;
  readonly keys: AuthorKeys;
  readonly rules: IntakeRules;
  readonly clock: Clock;
  /** Events a minute of one author; null is no limit. */
  readonly authorEventsPerMinute: number | null;
}

/** Feedback events: `POST /v1/feedback` and `GET /v1/feedback`. */
export function feedbackRoutes(parts: FeedbackParts): RouteModule {
  const rates = new RateLimits();
  return {
    routes: [
      {
        method: 'post',
        path: '/v1/feedback',
        scopes: ['ingest', 'annotate'],
        operation: {
          id: 'addFeedback',
          summary: 'Add one feedback event or a batch',
          description:
            'The same id again is the same event. A later event of one author about the same supersedes.',
          ...intakeOperation('FeedbackRequest'),
        },
        handle: (c) =>
          ingest(c, {
            idField: 'id',
            check: (fields, context) => check(fields, context, parts, rates),
            store: (events) => parts.store.append(events),
          }),
      },
      {
        method: 'get',
        path: '/v1/feedback',
        scopes: ['read'],
        operation: listOperation,
        handle: (c) => listFeedback(c, parts.store),
      },
    ],
    schemas: { FeedbackRequest: feedbackRequestSchema, BatchResult: batchResultSchema },
  };
}

async function check(
  sent: Readonly<Record<string, unknown>>,
  c: ServerContext,
  { store, keys, rules, clock, authorEventsPerMinute }: FeedbackParts,
  rates: RateLimits,
): Promise<Checked<FeedbackEvent>> {
  const nowMs = clock.now();
  const token = c.get('token');
  const filled = await fillEvent(sent, store, new Date(nowMs).toISOString());
  const named = nameAuthor(filled.fields, filled.interaction, token, keys);
  if (!named.ok) return refuse(403, 'author', `${named.path} ${named.message}`, { problems: [named] });
  const result = acceptEvent(named.fields, { rules, keys: named.keys, nowMs });
  const problems = [...filled.problems, ...(result.ok ? [] : result.problems)].map(({ path, message }) => ({
    path,
    message,
  }));
  if (!result.ok || problems.length > 0) {
    const missing = result.ok ? [] : result.missing;
    const unknown = missing.length > 0 && filled.interaction === undefined;
    const detail = unknown
      ? 'fields are missing: send them, or record the interaction of this response_id first'
      : 'the event cannot be taken as it is';
    return refuse(422, 'invalid-event', detail, { missing, problems });
  }
  const limit = opensAll(c) ? null : authorEventsPerMinute;
  const { author } = result.event;
  // nothing vouches for the author that a public key names, so all new ones of a key share one limit
  const unproven = isPageKey(token) && !token.signedAuthors && filled.interaction?.author === undefined;
  const invented = unproven && sent.author !== undefined && !rates.knows(author, nowMs);
  const waitMs =
    (invented ? rates.take(`new authors of ${token.id}`, limit, nowMs) : 0) ||
    rates.take(author, limit, nowMs);
  if (waitMs === 0) return { ok: true, accepted: result.event };
  return refuse(429, 'author-rate', `more than ${authorEventsPerMinute} a minute of this author`, {
    retryAfterSeconds: waitMs / 1000,
  });
}

/** Administrators import history, without a rate limit per author. */
function opensAll(c: ServerContext): boolean {
  return c.get('token').scopes.includes('admin');
}

const batchResultSchema = z.object({
  stored: z.int(),
  repeated: z.int(),
  refused: z.int(),
  results: z.array(
    z.object({
      index: z.int(),
      id: z.string().nullable(),
      status: z.enum(['stored', 'repeated', 'refused']),
      problem: z
        .looseObject({ status: z.int(), code: z.string(), detail: z.string() })
        .optional()
        .describe('Why it was refused, as it would have been alone'),
    }),
  ),
});
