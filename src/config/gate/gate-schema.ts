import { z } from 'zod';
import { gateMetrics, gateMultiplicities, gateTests } from '../../domain/gate.ts';
import { jobSchema } from '../job/job-schema.ts';
import { idSchema, share, text } from '../yaml/common-schema.ts';

const margin = z.number().min(0).lt(0.5);
const priority = z
  .int()
  .min(1)
  .default(1)
  .describe('hierarchical: 1 is tested first, 2 only if all of 1 passed');
const required = z
  .boolean()
  .default(true)
  .describe("false: reported, and the gate's answer does not depend on it");

const sliceSchema = z.strictObject({
  by: z
    .string()
    .regex(/^(category|metadata\..+)$/, 'must be "category" or "metadata.NAME"')
    .describe('category, or metadata.NAME'),
  is: z
    .union([text, z.number(), z.boolean()])
    .transform(String)
    .optional()
    .describe('One value; default: every value that occurs'),
  test: z.enum(gateTests).default('non_inferiority'),
  margin: margin.default(0.05),
  min_items: z.int().min(2).default(20).describe('A value on fewer items is reported, not tested'),
  required,
  priority,
});

const criterionSchema = z
  .strictObject({
    id: idSchema,
    metric: z
      .enum(gateMetrics)
      .describe('win_rate: pairwise, both orders; score: per criterion; the others: shares of responses'),
    criterion: idSchema.optional().describe("score: the votes' criterion; default: all of them"),
    scale: z
      .tuple([z.number(), z.number()])
      .refine(([min, max]) => min < max, 'must be [lowest, highest] with lowest below highest')
      .optional()
      .describe('score: the scale of votes that carry none'),
    rules: z
      .array(text)
      .min(1)
      .optional()
      .describe('rule_failures: ids of the rules that count; default: all'),
    test: z
      .enum(gateTests)
      .default('superiority')
      .describe(
        'superiority: better by more than the margin; non_inferiority: not worse by the margin or more',
      ),
    margin: margin
      .optional()
      .describe('On a scale from 0 to 1; default: 0.03 to be better, 0.05 not to be worse'),
    required,
    priority,
    slices: z.array(sliceSchema).default([]).describe('Kinds of items that are tested by themselves'),
  })
  .superRefine(({ metric, criterion, scale, rules, margin: wide }, context) => {
    const stray = (key: string, belongs: string) =>
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `only means something for the metric ${belongs}`,
      });
    if (metric !== 'score' && criterion !== undefined) stray('criterion', 'score');
    if (metric !== 'score' && scale !== undefined) stray('scale', 'score');
    if (metric !== 'rule_failures' && rules !== undefined) stray('rules', 'rule_failures');
    if (metric.endsWith('win_rate') && (wide ?? 0) >= 0.45)
      context.addIssue({
        code: 'custom',
        path: ['margin'],
        message: 'a win rate lies at most .5 from even: below .45',
      });
  });

const floorSchema = z
  .strictObject({
    metric: z.enum(['safety_flags', 'rule_failures', 'refuted_facts']),
    id: idSchema.optional().describe('Default: the metric'),
    rules: z.array(text).min(1).optional().describe('rule_failures: ids of the rules that count'),
    max_rate: share.optional().describe('Share of responses with a finding, at most'),
    max_count: z.int().min(0).optional().describe('Responses with a finding, at most'),
    max_increase: share
      .optional()
      .describe("Over the baseline's rate, at most; 0: no worse than the baseline"),
    proven: z
      .boolean()
      .default(false)
      .describe('The upper bound of the rate must keep max_rate; inconclusive where only the rate seen does'),
  })
  .superRefine(({ max_rate, max_count, max_increase, proven }, context) => {
    if (max_rate === undefined && max_count === undefined && max_increase === undefined)
      context.addIssue({ code: 'custom', message: 'has no limit: give max_rate, max_count or max_increase' });
    if (proven && max_rate === undefined)
      context.addIssue({ code: 'custom', path: ['proven'], message: 'needs max_rate' });
  });

const count = z.int().min(0);

/** A gate file as it is written: how to decide, and the panel to ask, as in a job. Every job file is one too. */
export const gateSchema = jobSchema.extend({
  items: text.optional().describe('Not needed: the items are the responses of the two models'),
  criteria: z
    .array(criterionSchema)
    .min(1)
    .optional()
    .describe('What the candidate must show; default: an improvement of more than 3 %'),
  floors: z
    .array(floorSchema)
    .optional()
    .describe('Limits that hold whatever the criteria say; default: no more findings than the baseline has'),
  alpha: z.number().gt(0).max(0.2).default(0.05).describe('One-sided error of passing or failing wrongly'),
  power: z.number().min(0.5).lt(1).default(0.8).describe('For the smallest effect that can be found'),
  multiplicity: z
    .enum(gateMultiplicities)
    .default('holm')
    .describe(
      'Correction for several criteria; hierarchical: by priority; none: all must pass, so none is needed',
    ),
  min_items: z.int().min(5).default(20).describe('Independent items below which nothing is decided'),
  min_labels: z
    .int()
    .min(10)
    .default(30)
    .describe('Labelled items below which labels do not correct the panel'),
  quorum: z
    .strictObject({
      raters: z.int().min(1).default(1).describe('Decisive raters that make an item quorate'),
      share: share.default(0.5).describe('Share of items that must be quorate'),
    })
    .prefault({}),
  judge_errors: z
    .strictObject({
      positives: count,
      true_positives: count,
      negatives: count,
      true_negatives: count,
    })
    .refine(
      (known) => known.true_positives <= known.positives && known.true_negatives <= known.negatives,
      'has more right answers than answers',
    )
    .optional()
    .describe('Right answers of the panel on pairs whose truth is known; corrects win rates'),
  sequential: z
    .strictObject({ batch: z.int().min(1).default(50).describe('Items between two looks') })
    .prefault({}),
  worst: z.int().min(0).max(1000).default(10).describe('Regressions to list'),
});

export type WrittenGate = z.output<typeof gateSchema>;
