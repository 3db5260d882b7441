import { z } from 'zod';
import { raterKinds, voteOutcomes } from '../../domain/vote.ts';
import { share, text } from '../yaml/common-schema.ts';

const amount = z.number().nullable().optional();

const common = {
  item: text,
  rater: text,
  rater_kind: z.enum(raterKinds),
  model: z.string().nullable().optional(),
  criterion: z.string().optional(),
  sample: z.int().min(0).optional().describe('Which of several equal askings, from 0'),
  outcome: z
    .enum(voteOutcomes)
    .describe('Only a verdict carries an opinion; tie is the opinion "equally good"'),
  probability: share.optional().describe("The rater's own confidence in its verdict"),
  weight: share.optional().describe('How much of a whole opinion it is worth; 1 where absent'),
  reason: z.string().optional(),
  cost_usd: amount,
  input_tokens: amount,
  output_tokens: amount,
  latency_ms: amount,
  at: z.string().optional().describe('RFC 3339, UTC'),
  veto: z.boolean().optional().describe('Takes its candidate out of every pair'),
  provenance: z.record(z.string(), z.unknown()).optional(),
};

/** A line of a votes, human-label or gold file. */
export const voteSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    ...common,
    kind: z.literal('pairwise'),
    shown: z.tuple([text, text]).describe('The candidates in the order in which the rater saw them'),
    preferred: text.optional().describe('Candidate id; there exactly when the outcome is verdict'),
    strength: z.number().optional().describe('1 better, 2 much better'),
    orders: z.enum(['both', 'none']).optional(),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('pointwise'),
    candidate: text,
    score: z.number().optional().describe('There exactly when the outcome is verdict'),
    scale: z.tuple([z.number(), z.number()]).optional().describe('[lowest, highest]'),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('listwise'),
    shown: z.array(text).optional(),
    ranking: z.array(z.array(text).min(1)).optional().describe('Best first; equal ones in one list'),
  }),
]);
