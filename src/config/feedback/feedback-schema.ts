import { z } from 'zod';
import { type ActionRule, actionKinds, defaultActionRules } from '../../domain/action-rule.ts';
import type { AlertSettings } from '../../domain/alert.ts';
import { failureCategories } from '../../domain/failure-category.ts';
import { defaultRetention, type RetentionClass, retentionClasses } from '../../domain/retention.ts';
import { defined, share, text } from '../yaml/common-schema.ts';
import { cleaningSchema } from './cleaning-schema.ts';
import { intakeSchema } from './intake-schema.ts';
import { understandingSchema } from './understanding-schema.ts';

const actionRuleSchema = z
  .strictObject({
    action: z.enum(actionKinds).describe('Where a matching issue is routed'),
    categories: z
      .array(z.enum(failureCategories))
      .min(1)
      .optional()
      .describe('Categories of issues; default: all'),
    request: z.boolean().optional().describe('Feature requests only (true) or failures only (false)'),
    min_events: z.int().min(1).optional().describe('Minimum number of events of the issue'),
    min_confidence: share.optional().describe('Minimum mean confidence in the category, in [0, 1]'),
  })
  .transform(
    ({ min_events, min_confidence, ...rest }): ActionRule =>
      defined({ ...rest, minEvents: min_events, minConfidence: min_confidence }),
  );

/** Section `actions` of a feedback file: the first matching rule routes an issue; without one it is not routed. */
const actionsSchema = z
  .strictObject({ rules: z.array(actionRuleSchema).optional() })
  .transform(({ rules }): readonly ActionRule[] => rules ?? defaultActionRules);

/** Section `alerts` of a feedback file: where safety complaints are sent immediately. */
const alertsSchema = z
  .strictObject({
    webhook: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }).describe('Address that receives alerts as signed JSON'),
        secret_env: text
          .default('QUORATE_WEBHOOK_SECRET')
          .describe('Name of the environment variable with the signing secret; never the secret'),
        timeout_ms: z
          .int()
          .min(100)
          .max(60_000)
          .default(5_000)
          .describe('Timeout of one delivery, in milliseconds; default: 5000'),
      })
      .optional()
      .describe('Webhook for safety alerts; default: none'),
    log: text.default('.quorate/alerts.jsonl').describe('File to which every alert is appended (JSONL)'),
  })
  .transform(
    ({ webhook, log }): AlertSettings =>
      defined({
        webhook: webhook && {
          url: webhook.url,
          secretVariable: webhook.secret_env,
          timeoutMs: webhook.timeout_ms,
        },
        log,
      }),
  );

const days = z.union([z.int().min(1), z.literal('forever')]);

/** Section `retention`: days until each class of feedback is removed by `quorate feedback retain`. */
const retentionSchema = z
  .strictObject(
    Object.fromEntries(
      retentionClasses.map((name) => [name, days.default(defaultRetention[name] ?? 'forever')]),
    ) as Record<RetentionClass, z.ZodDefault<typeof days>>,
  )
  .transform((written) => {
    const inDays = (name: RetentionClass) => (written[name] === 'forever' ? null : written[name]);
    return Object.fromEntries(retentionClasses.map((name) => [name, inDays(name)])) as Record<
      RetentionClass,
      number | null
    >;
  });

/** A feedback file as written: the settings of the feedback loop. All sections are optional. */
export const feedbackSchema = z.strictObject({
  intake: intakeSchema.prefault({}).describe('Limits of incoming events'),
  cleaning: cleaningSchema
    .prefault({})
    .describe('Detection of spam, bots and copies, and weights of authors'),
  understanding: understandingSchema.prefault({}).describe('Grouping and ranking of complaints'),
  actions: actionsSchema.prefault({}).describe('Routing of issues'),
  alerts: alertsSchema.prefault({}).describe('Immediate alerts of safety complaints'),
  retention: retentionSchema
    .prefault({})
    .describe('Days until each class of feedback is removed, or forever'),
});

/** The settings of a feedback file with its defaults filled in. */
export type FeedbackSettings = z.output<typeof feedbackSchema>;
