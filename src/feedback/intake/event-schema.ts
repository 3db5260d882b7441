import { z } from 'zod';
import { authorKinds, flagReasons } from '../../domain/feedback-event.ts';

/** Control characters, line separators, and marks that change the direction of what stands beside an id. */
const notInIds = [
  ...['\\u0000-\\u001f', '\\u007f-\\u009f'],
  ...['\\u061c', '\\u200e', '\\u200f', '\\u2028-\\u202e', '\\u2066-\\u2069'],
].join('');
const id = z
  .string()
  .regex(
    new RegExp(`^[^${notInIds}]{1,256}$`, 'u'),
    'must be 1 to 256 characters on one line, without direction marks',
  );
const name = id;
const comment = z.string().min(1);
const text = z.string();

const message = z.strictObject({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string(),
  tool_calls: z.array(z.unknown()).optional(),
  tool_call_id: z.string().optional(),
  name: z.string().optional(),
});

const served = {
  session_id: id,
  query_id: id,
  response_id: id,
  query: z
    .union([z.string().min(1), z.array(message).min(1)])
    .describe('What was asked: one user turn, or the conversation up to the response'),
  response: text.describe('What the model answered'),
  model_version: name,
  settings: z
    .record(z.string(), z.unknown())
    .describe('Sampling settings, system prompt version and the like; {} where there are none'),
  at: z.iso.datetime({ offset: true }).describe('RFC 3339; another offset than Z is turned into UTC'),
  source: name.describe('The application that it comes from'),
  category: name.optional(),
};

const author = z
  .string()
  .min(1)
  .max(1024)
  .describe('Id of the person in the application; kept as a keyed hash only');

const context = {
  id: id.describe('Idempotency key: the same id again is the same event'),
  ...served,
  author_kind: z.enum(authorKinds),
  author,
};

const shownResponse = z.strictObject({ response_id: id, response: text, model_version: name.optional() });

const event = <S extends z.ZodRawShape>(shape: S) => z.strictObject({ ...context, ...shape });

const signals = {
  thumb: event({
    kind: z.literal('thumb'),
    thumb: z.enum(['up', 'down']),
    comment: comment.optional(),
  }),
  stars: event({
    kind: z.literal('stars'),
    stars: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    comment: comment.optional(),
  }),
  correction: event({
    kind: z.literal('correction'),
    corrected: text.min(1).describe('The response as the person edited it'),
  }),
  comparison: event({
    kind: z.literal('comparison'),
    other: shownResponse.describe('The response that was shown beside it'),
    preferred: z.enum(['this', 'other', 'tie']),
  }),
  ranking: event({
    kind: z.literal('ranking'),
    others: z.array(shownResponse).min(1).max(64),
    ranking: z
      .array(z.array(id).min(1))
      .min(1)
      .describe('Response ids, best first; ids in one inner list are equal'),
  }),
  comment: event({ kind: z.literal('comment'), comment }),
  flag: event({ kind: z.literal('flag'), flag: z.enum(flagReasons), comment: comment.optional() }),
  survey: event({
    kind: z.literal('survey'),
    answers: z.record(z.string().min(1).max(256), z.union([z.string(), z.number()])),
  }),
  act: event({ kind: z.enum(['retry', 'copy', 'regenerate']) }),
  duration: event({ kind: z.enum(['dwell', 'session_length']), seconds: z.number().min(0).max(31_536_000) }),
};

/** One incoming feedback event, from a file or over HTTP: with a raw author and a time with any offset. */
export const feedbackEventSchema = z.discriminatedUnion('kind', [
  signals.thumb,
  signals.stars,
  signals.correction,
  signals.comparison,
  signals.ranking,
  signals.comment,
  signals.flag,
  signals.survey,
  signals.act,
  signals.duration,
]);

/** The context alone, to list missing fields even if the kind is invalid. */
export const feedbackContextSchema = z.looseObject(context);

/** An incoming interaction: a served response. */
export const interactionSchema = z.strictObject({
  ...served,
  author: author.optional(),
  arm: name.optional().describe('The arm of an A/B experiment that served it'),
});
