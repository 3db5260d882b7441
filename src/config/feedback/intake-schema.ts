import { z } from 'zod';
import { defaultIntakeRules, type IntakeRules } from '../../domain/intake.ts';
import { text } from '../yaml/common-schema.ts';

const length = z.int().min(1);

/** Section `intake` of a feedback file: limits of an event. */
export const intakeSchema = z
  .strictObject({
    max_skew_seconds: z
      .number()
      .min(0)
      .default(defaultIntakeRules.maxSkewSeconds)
      .describe('Seconds that an event may be dated in the future; default: 300'),
    max_age_days: z
      .number()
      .positive()
      .default(defaultIntakeRules.maxAgeDays)
      .describe('Maximum age of an event in days; default: 3650'),
    max_comment_length: length
      .default(defaultIntakeRules.maxCommentLength)
      .describe('Maximum length of a comment or survey answer, in UTF-16 units; default: 20000'),
    max_text_length: length
      .default(defaultIntakeRules.maxTextLength)
      .describe('Maximum length of a query, response or correction, in UTF-16 units; default: 400000'),
    max_event_length: length
      .default(defaultIntakeRules.maxEventLength)
      .describe('Maximum total length of an event, in UTF-16 units; default: 1000000'),
    model_versions: z
      .array(text)
      .min(1)
      .optional()
      .describe('Known model versions; default: every version is accepted'),
    unknown_model: z
      .enum(['refuse', 'flag'])
      .default(defaultIntakeRules.unknownModel)
      .describe('Events of other versions: refuse, or accept and mark as unknown_model'),
  })
  .transform(
    (written): IntakeRules => ({
      maxSkewSeconds: written.max_skew_seconds,
      maxAgeDays: written.max_age_days,
      maxCommentLength: written.max_comment_length,
      maxTextLength: written.max_text_length,
      maxEventLength: written.max_event_length,
      modelVersions: written.model_versions ?? null,
      unknownModel: written.unknown_model,
    }),
  );
