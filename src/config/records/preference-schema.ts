import { z } from 'zod';
import { preferenceStatuses } from '../../domain/preference.ts';
import { raterKinds } from '../../domain/vote.ts';
import { share, text } from '../yaml/common-schema.ts';

const count = z.int().min(0);

/** A line of a preferences file. */
export const preferenceSchema = z.looseObject({
  item: text,
  pair: z.tuple([text, text]),
  chosen: text,
  rejected: text,
  probability: z.number().min(0.5).max(1).describe('P(chosen is really better)'),
  status: z.enum(preferenceStatuses),
  basis: z
    .enum(['calibrated', 'uncalibrated'])
    .describe('calibrated only when labels support the probability'),
  reasons: z.array(z.string()),
  votes: z.looseObject({
    for_chosen: count,
    for_rejected: count,
    tie: count,
    abstain: count,
    error: count,
    flipped: count,
  }),
  sources: z
    .partialRecord(z.enum(raterKinds), z.looseObject({ probability: share.nullable(), votes: count }))
    .describe('What each kind of rater says by itself'),
});
