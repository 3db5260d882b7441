import { z } from 'zod';
import { preferenceStatuses } from '../../domain/preference.ts';
import { raterKinds } from '../../domain/vote.ts';
import { share, text } from '../yaml/common-schema.ts';

const count = z.int().min(0);

/** A line of a preferences file. */
export const preferenceSchema = z.looseObject({
  item: text.describe('Id of the item'),
  pair: z.tuple([text, text]).describe('Ids of the two candidates, in the order of the item'),
  chosen: text.describe('Id of the better candidate'),
  rejected: text.describe('Id of the other candidate'),
  probability: z.number().min(0.5).max(1).describe('P(chosen is really better), in [0.5, 1]'),
  status: z
    .enum(preferenceStatuses)
    .describe(
      'accepted: above the threshold; ambiguous: below it; review: too few raters; vetoed: a veto decided; conflict: humans and models disagree',
    ),
  basis: z
    .enum(['calibrated', 'uncalibrated'])
    .describe('calibrated only when labels support the probability'),
  reasons: z.array(z.string()).describe('Human-readable reasons of the status'),
  votes: z.looseObject({
    for_chosen: count,
    for_rejected: count,
    tie: count,
    abstain: count,
    error: count,
    flipped: count.describe('Judges whose verdict changed with the order of the responses'),
  }),
  sources: z
    .partialRecord(z.enum(raterKinds), z.looseObject({ probability: share.nullable(), votes: count }))
    .describe('P(chosen is better) from each kind of rater alone, with its number of votes'),
});
