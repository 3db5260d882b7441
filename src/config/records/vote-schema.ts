import { z } from 'zod';
import { raterKinds, voteOutcomes } from '../../domain/vote.ts';
import { share, text } from '../yaml/common-schema.ts';

const amount = z.number().nullable().optional();

const common = {
  item: text.describe('Id of the item'),
  rater: text.describe('Id of the rater, for example "gpt-4o" or "alice"'),
  rater_kind: z.enum(raterKinds).describe('Kind of rater; gold is a label with known truth'),
  model: z.string().nullable().optional().describe('Model of the rater; null if it has none'),
  criterion: z.string().optional().describe('Id of the criterion, if the vote is about a single one'),
  sample: z.int().min(0).optional().describe('0-based index among repeated samples of the same question'),
  outcome: z
    .enum(voteOutcomes)
    .describe(
      'verdict: a preference, score or ranking; tie: equally good; abstain: no opinion; error: no reply',
    ),
  probability: share.optional().describe("The rater's own confidence in its verdict, in [0, 1]"),
  weight: share.optional().describe('Weight relative to a full vote, in [0, 1]; default 1'),
  reason: z.string().optional().describe('Why, in the words of the rater'),
  cost_usd: amount.describe('Price of the calls in US dollars; null if unknown'),
  input_tokens: amount.describe('Input tokens as reported by the provider'),
  output_tokens: amount.describe('Output tokens as reported by the provider'),
  latency_ms: amount.describe('Duration of the calls in milliseconds'),
  at: z.string().optional().describe('Time of the vote: RFC 3339, UTC'),
  veto: z.boolean().optional().describe('Excludes the candidate from every pair, regardless of other votes'),
  provenance: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What shaped the vote: keys of replies, hashes of prompt and rubric, parameters'),
};

/** A line of a votes, human-label or gold file. */
export const voteSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    ...common,
    kind: z.literal('pairwise'),
    shown: z
      .tuple([text, text])
      .describe('Ids of the two candidates, in the order in which the rater saw them'),
    preferred: text
      .optional()
      .describe('Id of the preferred candidate; present exactly when the outcome is verdict'),
    strength: z.number().optional().describe('Strength of the preference: 1 better, 2 much better'),
    orders: z
      .enum(['both', 'none'])
      .optional()
      .describe('both: merged from both orders; none: the order has no meaning'),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('pointwise'),
    candidate: text.describe('Id of the candidate'),
    score: z.number().optional().describe('The score; present exactly when the outcome is verdict'),
    scale: z
      .tuple([z.number(), z.number()])
      .optional()
      .describe('[lowest, highest] possible score, for example [1, 5]'),
  }),
  z.looseObject({
    ...common,
    kind: z.literal('listwise'),
    shown: z
      .array(text)
      .optional()
      .describe('Ids of the candidates, in the order in which the rater saw them'),
    ranking: z
      .array(z.array(text).min(1))
      .optional()
      .describe('Candidate ids, best first; equal ones in one list, for example [["a"], ["b", "c"]]'),
  }),
]);
