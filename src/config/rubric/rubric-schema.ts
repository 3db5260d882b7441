import { z } from 'zod';
import { rubricModes, verdictFormats } from '../../domain/rubric.ts';
import { idSchema, text, versionSchema } from '../yaml/common-schema.ts';
import { rulesSchema } from './rules-schema.ts';

/** One criterion of a rubric. */
export const criterionSchema = z.strictObject({
  id: idSchema.describe('Name of the criterion in reports, for example accuracy'),
  description: text.describe(
    'What to judge, as a question or statement, for example "Are all facts correct?"',
  ),
  weight: z
    .number()
    .positive()
    .default(1)
    .describe('Relative importance among the applicable criteria; default: 1'),
  anchors: z
    .record(z.string(), text)
    .optional()
    .describe('Descriptions of score levels, keyed by score, for example {1: wrong, 5: flawless}'),
  categories: z
    .array(text)
    .min(1)
    .optional()
    .describe('Applies only to items of these categories; default: all'),
});

/** A rubric file as written. */
export const rubricSchema = z.strictObject({
  id: idSchema.optional().describe('Id of the rubric; default: the file name'),
  version: versionSchema,
  title: text.optional().describe('Title in reports; default: the id'),
  description: z.string().default('').describe('Purpose of the rubric'),
  mode: z
    .enum(rubricModes)
    .default('pairwise')
    .describe('pairwise: compare two responses; pointwise: score one; listwise: rank several'),
  scale: z
    .tuple([z.number(), z.number()])
    .refine(([min, max]) => min < max, 'must be [lowest, highest] with lowest below highest')
    .default([1, 5])
    .describe('[lowest, highest] score, inclusive, for pointwise mode; default: [1, 5]'),
  criteria: z.array(criterionSchema).min(1).describe('The criteria to judge by'),
  reference: z
    .enum(['none', 'optional', 'required'])
    .default('optional')
    .describe(
      "optional: show the item's reference answer if present; required: skip items without one; none: hide it",
    ),
  reasoning: z
    .union([z.literal(false), z.strictObject({ max_words: z.int().min(1).max(5000) })])
    .default({ max_words: 120 })
    .describe('Reasoning before the verdict, with at most max_words words; false asks for the verdict alone'),
  ties: z
    .boolean()
    .default(true)
    .describe('Whether the judge may answer that two responses are equally good'),
  verdict: z
    .enum(verdictFormats)
    .default('json')
    .describe('Format in which the judge writes its verdict; default: json'),
  ask: z
    .enum(['each', 'overall'])
    .default('overall')
    .describe('Pointwise: each asks one question per criterion, overall one for all criteria'),
  instructions: text.optional().describe('Instructions placed before the criteria in the prompt'),
  rules: rulesSchema.optional().describe('Deterministic checks that belong to this rubric'),
});

/** The rubric layout of Prometheus (Kim et al. 2024): one criterion with a description for each score. */
export const prometheusRubricSchema = z.strictObject({
  criteria: text.describe('The criterion to judge by, as a question'),
  score1_description: text.describe('Description of score 1, the lowest'),
  score2_description: text.describe('Description of score 2'),
  score3_description: text.describe('Description of score 3'),
  score4_description: text.describe('Description of score 4'),
  score5_description: text.describe('Description of score 5, the highest'),
});

/** A rubric as a file or an object says it. */
export type WrittenRubric = z.input<typeof rubricSchema> | z.input<typeof prometheusRubricSchema>;
