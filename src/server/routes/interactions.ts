import { acceptInteraction } from '../../feedback/intake/accept-event.ts';
import { interactionSchema } from '../../feedback/intake/event-schema.ts';
import { ingest, intakeOperation, refuse } from '../ingest.ts';
import { isReserved } from '../name-author.ts';
import { answerProblem } from '../problem.ts';
import { type RouteModule, schemaNamed } from '../route.ts';
import type { FeedbackParts } from './feedback.ts';

/** Served responses: recorded by the application, read by id. */
export function interactionRoutes({ store, keys, rules, clock }: FeedbackParts): RouteModule {
  return {
    routes: [
      {
        method: 'post',
        path: '/v1/interactions',
        scopes: ['ingest', 'annotate'],
        operation: {
          id: 'addInteractions',
          summary: 'Record one response that was served, or a batch',
          description: 'Feedback may then refer to it by its response_id alone.',
          ...intakeOperation('Interaction'),
        },
        handle: (c) =>
          ingest(c, {
            idField: 'response_id',
            async check(fields, context) {
              if (isReserved(fields.author, context.get('token'))) {
                const reason = 'must not begin with session:, which the server assigns';
                return refuse(403, 'author', `author ${reason}`, {
                  problems: [{ path: 'author', message: reason }],
                });
              }
              const result = acceptInteraction(fields, { rules, keys, nowMs: clock.now() });
              if (result.ok) return { ok: true, accepted: result.interaction };
              const { missing, problems } = result;
              return refuse(422, 'invalid-interaction', 'it cannot be taken as it is', { missing, problems });
            },
            store: (interactions) => store.recordInteractions(interactions),
          }),
      },
      {
        method: 'get',
        path: '/v1/interactions/{response_id}',
        scopes: ['read'],
        operation: {
          id: 'getInteraction',
          summary: 'Read the response that was recorded under an id',
          parameters: [
            { name: 'response_id', in: 'path', description: 'Its id', schema: { type: 'string' } },
          ],
          answers: {
            200: {
              description: 'As it was recorded; the author as a pseudonym',
              schema: schemaNamed('Interaction'),
            },
          },
        },
        async handle(c) {
          const interaction = await store.interaction(c.req.param('response_id') ?? '');
          if (interaction !== undefined) return c.json(interaction);
          return answerProblem(c, {
            status: 404,
            code: 'not-found',
            detail: 'no response is recorded under this id',
          });
        },
      },
    ],
    schemas: { Interaction: interactionSchema },
  };
}
