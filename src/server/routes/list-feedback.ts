import { z } from 'zod';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';
import { answerProblem } from '../problem.ts';
import type { Operation, ServerContext } from '../route.ts';

const time = z.iso.datetime();
const querySchema = z.strictObject({
  since: time.optional(),
  until: time.optional(),
  model_version: z.string().min(1).optional(),
  after: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const parameter = (name: string, description: string, schema: object = { type: 'string' }) =>
  ({ name, in: 'query', description, schema: { ...schema } }) as const;

export const listOperation: Operation = {
  id: 'listFeedback',
  summary: 'Read events in order of arrival, page by page',
  parameters: [
    parameter('since', 'From this time on, by the time of the events', {
      type: 'string',
      format: 'date-time',
    }),
    parameter('until', 'Before this time', { type: 'string', format: 'date-time' }),
    parameter('model_version', 'Only events of this model version'),
    parameter('after', 'Id of the last event of the page before: its `next`'),
    parameter('limit', 'Events of a page', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
  ],
  answers: {
    200: {
      description: 'A page; `next` is null on the last one',
      schema: {
        type: 'object',
        properties: {
          events: { type: 'array', items: { type: 'object' } },
          next: { type: ['string', 'null'] },
        },
        required: ['events', 'next'],
      },
    },
  },
};

/** `GET /v1/feedback`: stored events, including superseded ones. */
export async function listFeedback(c: ServerContext, store: FeedbackStore): Promise<Response> {
  const query = querySchema.safeParse(c.req.query());
  if (!query.success) {
    const problems = query.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return answerProblem(c, {
      status: 422,
      code: 'invalid-query',
      detail: 'the query cannot be read',
      problems,
    });
  }
  const { since, until, model_version: modelVersion, after, limit } = query.data;
  if (after !== undefined && (await store.event(after)) === undefined)
    return answerProblem(c, {
      status: 404,
      code: 'not-found',
      detail: 'the event id in after is unknown',
    });
  const window = {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(modelVersion !== undefined && { modelVersion }),
  };
  const events: StoredEvent[] = [];
  let more = false;
  for await (const event of store.events(window, after)) {
    more = events.length === limit;
    if (more) break;
    events.push(event);
  }
  return c.json({ events: events.map(recordOf), next: more ? events.at(-1)!.event.id : null });
}

function recordOf({ event, receivedAt, supersededBy, decision }: StoredEvent): object {
  return {
    ...event,
    received_at: receivedAt,
    ...(supersededBy !== undefined && { superseded_by: supersededBy }),
    ...(decision !== undefined && { decision }),
  };
}
