import { z } from 'zod';
import { feedbackEventSchema } from '../feedback/intake/event-schema.ts';

/** Fields that the server fills in from the recorded interaction or the token. */
const known = {
  session_id: true,
  query_id: true,
  query: true,
  response: true,
  model_version: true,
  settings: true,
  at: true,
  source: true,
  author_kind: true,
  author: true,
} as const;

const signature = {
  author_signature: z
    .string()
    .optional()
    .describe(
      "Only with tokens for signed authors: HMAC-SHA-256 of the author under the token's signing key, hex",
    ),
};

/** An event as accepted by `POST /v1/feedback`: fields of a recorded interaction may be omitted. */
export const feedbackRequestSchema = z
  .union(
    feedbackEventSchema.options.map((option) => {
      const request = (option as z.ZodObject).partial(known).extend(signature);
      const { other, others } = request.shape as { other?: z.ZodObject; others?: z.ZodArray<z.ZodObject> };
      if (other) return request.extend({ other: other.partial({ response: true }) });
      if (others) return request.extend({ others: z.array(others.element.partial({ response: true })) });
      return request;
    }),
  )
  .describe(
    'With the whole context, or with the response_id of a recorded interaction, from which the context is filled in',
  );
