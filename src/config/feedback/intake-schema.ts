import { z } from 'zod';
import { defaultIntakeRules, type IntakeRules } from '../../domain/intake-rules.ts';
import { text } from '../yaml/common-schema.ts';

const length = z.int().min(1);

/** Section `intake`: what an event must keep to. */
export const intakeSchema = z
  .strictObject({
    max_skew_seconds: z
      .number()
      .min(0)
      .default(defaultIntakeRules.maxSkewSeconds)
      .describe('How far in the future an event may lie'),
    max_age_days: z.number().positive().default(defaultIntakeRules.maxAgeDays),
    max_comment_length: length.default(defaultIntakeRules.maxCommentLength),
    max_text_length: length
      .default(defaultIntakeRules.maxTextLength)
      .describe('Longest query, response or correction, in UTF-16 units'),
    max_event_length: length.default(defaultIntakeRules.maxEventLength),
    model_versions: z
      .array(text)
      .min(1)
      .optional()
      .describe('The known versions; absent: every version is taken'),
    unknown_model: z
      .enum(['refuse', 'flag'])
      .default(defaultIntakeRules.unknownModel)
      .describe('An event of another version is refused, or taken and marked'),
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
