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
      .describe('How bad a failure of each category is'),
    half_life_days: z
      .number()
      .positive()
      .default(defaults.halfLifeDays)
      .describe('Days after which a complaint counts half'),
    similarity: share
      .default(defaults.similarity)
      .describe('Cosine of TF-IDF vectors from which two complaints are about the same'),
    examples: z.int().min(0).max(20).default(defaults.examples).describe('Examples kept of each issue'),
  })
  .transform(
    (written): UnderstandingSettings => ({
      severity: written.severity,
      halfLifeDays: written.half_life_days,
      similarity: written.similarity,
      examples: written.examples,
    }),
  );
