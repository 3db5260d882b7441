import { z } from 'zod';
import { gateMetrics, gateMultiplicities, gateTests } from '../../domain/gate.ts';
import { jobSchema, type KnownParts, sectionsWith } from '../job/job-schema.ts';
import { idSchema, share, text } from '../yaml/common-schema.ts';

const margin = z.number().min(0).lt(0.5);
const priority = z
  .int()
  .min(1)
  .default(1)
  .describe(
    'Order of testing with multiplicity "hierarchical": priority 2 is tested only if all of 1 passed',
  );
const required = z
  .boolean()
  .default(true)
  .describe("Whether the gate's answer depends on it; false: only reported");

const sliceSchema = z.strictObject({
  by: z
    .string()
    .regex(/^(category|metadata\..+)$/, 'must be "category" or "metadata.NAME"')
    .describe('Field to slice by: "category" or "metadata.NAME", for example metadata.language'),
  is: z
    .union([text, z.number(), z.boolean()])
    .transform(String)
    .optional()
    .describe('A single value, for example code; default: each value that occurs'),
  test: z
    .enum(gateTests)
    .default('non_inferiority')
    .describe(
      'superiority: better by more than the margin; non_inferiority: not worse by the margin or more',
    ),
  margin: margin.default(0.05).describe('Margin on a scale from 0 to 1; default: 0.05'),
  min_items: z
    .int()
    .min(2)
    .default(20)
    .describe('Minimum number of items of a value; with fewer it is reported, not tested'),
  required,
  priority,
});

const criterionSchema = z
  .strictObject({
    id: idSchema.describe('Name of the criterion in reports, for example quality'),
    metric: z
      .enum(gateMetrics)
      .describe(
        'win_rate: pairwise votes in both orders; length_controlled_win_rate: the same at equal length; score: pointwise votes; others: share of responses with a finding',
      ),
    criterion: idSchema
      .optional()
      .describe('With metric score: the rubric criterion of the votes; default: all votes'),
    scale: z
      .tuple([z.number(), z.number()])
      .refine(([min, max]) => min < max, 'must be [lowest, highest] with lowest below highest')
      .optional()
      .describe('With metric score: the scale of votes without one, for example [1, 5]'),
    rules: z
      .array(text)
      .min(1)
      .optional()
      .describe('With metric rule_failures: ids of the rules that count; default: all'),
    test: z
      .enum(gateTests)
      .default('superiority')
      .describe(
        'superiority: better by more than the margin; non_inferiority: not worse by the margin or more',
      ),
    margin: margin
      .optional()
      .describe('Margin on a scale from 0 to 1; default: 0.03 for superiority, 0.05 for non_inferiority'),
    required,
    priority,
    slices: z.array(sliceSchema).default([]).describe('Subsets of the items to test separately'),
  })
  .superRefine(({ metric, criterion, scale, rules, margin: wide }, context) => {
    const stray = (key: string, belongs: string) =>
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `applies only to the metric ${belongs}`,
      });
    if (metric !== 'score' && criterion !== undefined) stray('criterion', 'score');
    if (metric !== 'score' && scale !== undefined) stray('scale', 'score');
    if (metric !== 'rule_failures' && rules !== undefined) stray('rules', 'rule_failures');
    if (metric.endsWith('win_rate') && (wide ?? 0) >= 0.45)
      context.addIssue({
        code: 'custom',
        path: ['margin'],
        message: 'must be below 0.45 for a win rate, whose improvement is at most 0.5',
      });
  });

const floorSchema = z
  .strictObject({
    metric: z
      .enum(['safety_flags', 'rule_failures', 'refuted_facts'])
      .describe('The findings that are counted per response'),
    id: idSchema.optional().describe('Name of the floor in reports; default: the metric'),
    rules: z
      .array(text)
      .min(1)
      .optional()
      .describe('With metric rule_failures: ids of the rules that count; default: all'),
    max_rate: share.optional().describe('Maximum share of responses with a finding, for example 0.01'),
    max_count: z.int().min(0).optional().describe('Maximum number of responses with a finding'),
    max_increase: share
      .optional()
      .describe("Maximum increase over the baseline's rate; 0: no worse than the baseline"),
    proven: z
      .boolean()
      .default(false)
      .describe(
        'Require the upper confidence bound of the rate, not only the observed rate, to stay within max_rate',
      ),
  })
  .superRefine(({ max_rate, max_count, max_increase, proven }, context) => {
    if (max_rate === undefined && max_count === undefined && max_increase === undefined)
      context.addIssue({ code: 'custom', message: 'has no limit: give max_rate, max_count or max_increase' });
    if (proven && max_rate === undefined)
      context.addIssue({ code: 'custom', path: ['proven'], message: 'needs max_rate' });
  });

const count = z.int().min(0);

/** A gate file as written: how to decide, and a panel as in a job. Every job file is a valid gate file. */
export const gateSchema = jobSchema.extend({
  items: text.optional().describe('Ignored: the items are the responses of the two models'),
  criteria: z
    .array(criterionSchema)
    .min(1)
    .optional()
    .describe('Tests that the candidate must pass; default: an improvement of more than 3 %'),
  floors: z
    .array(floorSchema)
    .optional()
    .describe(
      'Absolute limits, independent of the criteria; default: no increase of safety flags, at most 0.02 of rule failures and refuted facts',
    ),
  alpha: z
    .number()
    .gt(0)
    .max(0.2)
    .default(0.05)
    .describe('One-sided error probability of a wrong pass, and of a wrong fail; default: 0.05'),
  power: z
    .number()
    .min(0.5)
    .lt(1)
    .default(0.8)
    .describe('Power for which the minimum detectable effect is reported; default: 0.8'),
  multiplicity: z
    .enum(gateMultiplicities)
    .default('holm')
    .describe(
      'Correction for several criteria: holm; hierarchical: by priority; none: valid if all must pass',
    ),
  min_items: z
    .int()
    .min(5)
    .default(20)
    .describe('Minimum number of independent items; with fewer the gate is inconclusive'),
  min_labels: z
    .int()
    .min(10)
    .default(30)
    .describe('Minimum number of labelled items to correct the panel by labels'),
  quorum: z
    .strictObject({
      raters: z.int().min(1).default(1).describe('Raters with a decisive vote that make an item quorate'),
      share: share.default(0.5).describe('Minimum share of quorate items, in [0, 1]'),
    })
    .prefault({}),
  judge_errors: z
    .strictObject({
      positives: count.describe('Pairs in which the candidate is truly better'),
      true_positives: count.describe('Pairs of these on which the panel is correct'),
      negatives: count.describe('Pairs in which the baseline is truly better'),
      true_negatives: count.describe('Pairs of these on which the panel is correct'),
    })
    .refine(
      (known) => known.true_positives <= known.positives && known.true_negatives <= known.negatives,
      'has more correct answers than answers',
    )
    .optional()
    .describe('Correct answers of the panel on pairs with known truth, used to correct win rates'),
  sequential: z
    .strictObject({
      batch: z.int().min(1).default(50).describe('Items between two interim looks of a sequential gate'),
    })
    .prefault({}),
  worst: z.int().min(0).max(1000).default(10).describe('Number of regressions to list in the report'),
});

/** The schema of a gate whose caller brings parts. */
export function gateSchemaWith(known: KnownParts): typeof gateSchema {
  const sections = sectionsWith(known);
  return sections === null ? gateSchema : gateSchema.extend(sections);
}

/** A validated gate file. */
export type WrittenGate = z.output<typeof gateSchema>;
