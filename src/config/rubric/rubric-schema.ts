import { z } from 'zod';
import { rubricModes, verdictFormats } from '../../domain/rubric.ts';
import { idSchema, text, versionSchema } from '../yaml/common-schema.ts';
import { rulesSchema } from './rules-schema.ts';

export const criterionSchema = z.strictObject({
  id: idSchema.describe('Short name, used in reports'),
  description: text.describe('What to look at, as a question or a statement'),
  weight: z.number().positive().default(1).describe('Relative importance among the criteria that apply'),
  anchors: z.record(z.string(), text).optional().describe('What a score looks like, by score'),
  categories: z.array(text).min(1).optional().describe('Applies to items of these categories only'),
});

/** A rubric file as it is written. */
export const rubricSchema = z.strictObject({
  id: idSchema.optional().describe('Short name; default: the file name'),
  version: versionSchema,
  title: text.optional().describe('What people call it; default: the id'),
  description: z.string().default('').describe('What the rubric is for'),
  mode: z.enum(rubricModes).default('pairwise').describe('Compare two, score one, or rank several responses'),
  scale: z
    .tuple([z.number(), z.number()])
    .refine(([min, max]) => min < max, 'must be [lowest, highest] with lowest below highest')
    .default([1, 5])
    .describe('Lowest and highest score, inclusive (pointwise)'),
  criteria: z.array(criterionSchema).min(1).describe('What to judge by'),
  reference: z
    .enum(['none', 'optional', 'required'])
    .default('optional')
    .describe("Show the item's reference answer; required: items without one are not judged"),
  reasoning: z
    .union([z.literal(false), z.strictObject({ max_words: z.int().min(1).max(5000) })])
    .default({ max_words: 120 })
    .describe('Reason before the verdict, at most this many words; false asks for the verdict alone'),
  ties: z.boolean().default(true).describe('May two responses be called equally good?'),
  verdict: z.enum(verdictFormats).default('json').describe('How the judge writes its verdict'),
  ask: z
    .enum(['each', 'overall'])
    .default('overall')
    .describe('Pointwise: one question per criterion, or one for all together'),
  instructions: text.optional().describe('Rules of judging, put before the criteria'),
  rules: rulesSchema.optional().describe('Checks without a model that belong to this rubric'),
});

/** The rubric shape that Prometheus made common: one criterion with a description for each score. */
export const prometheusRubricSchema = z.strictObject({
  criteria: text.describe('What to judge by'),
  score1_description: text,
  score2_description: text,
  score3_description: text,
  score4_description: text,
  score5_description: text,
});

/** A rubric as a file or an object says it. */
export type WrittenRubric = z.input<typeof rubricSchema> | z.input<typeof prometheusRubricSchema>;
