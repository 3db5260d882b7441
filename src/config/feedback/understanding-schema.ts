import { z } from 'zod';
import { type FailureCategory, failureCategories } from '../../domain/failure-category.ts';
import {
  defaultUnderstandingSettings,
  type UnderstandingSettings,
} from '../../domain/understanding-settings.ts';
import { share } from '../yaml/common-schema.ts';

const defaults = defaultUnderstandingSettings;

/** Section `understanding` of a feedback file: how complaints are grouped and ranked. */
export const understandingSchema = z
  .strictObject({
    severity: z
      .strictObject(
        Object.fromEntries(
          failureCategories.map((category) => [category, share.default(defaults.severity[category])]),
        ) as Record<FailureCategory, z.ZodDefault<typeof share>>,
      )
      .prefault({})
      .describe('Severity of each failure category, in [0, 1]'),
    half_life_days: z
      .number()
      .positive()
      .default(defaults.halfLifeDays)
      .describe('Days after which the weight of a complaint is halved; default: 14'),
    similarity: share
      .default(defaults.similarity)
      .describe('Group complaints at or above this cosine similarity of TF-IDF vectors, in [0, 1]'),
    examples: z
      .int()
      .min(0)
      .max(20)
      .default(defaults.examples)
      .describe('Number of examples per issue; default: 3'),
  })
  .transform(
    (written): UnderstandingSettings => ({
      severity: written.severity,
      halfLifeDays: written.half_life_days,
      similarity: written.similarity,
      examples: written.examples,
    }),
  );
