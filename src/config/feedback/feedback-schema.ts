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
    action: z.enum(actionKinds).describe('Where it goes to be mended'),
    categories: z.array(z.enum(failureCategories)).min(1).optional(),
    request: z.boolean().optional().describe('Wishes only (true) or failures only (false)'),
    min_events: z.int().min(1).optional(),
    min_confidence: share.optional(),
  })
  .transform(
    ({ min_events, min_confidence, ...rest }): ActionRule =>
      defined({ ...rest, minEvents: min_events, minConfidence: min_confidence }),
  );

/** Section `actions` of a feedback file: the first rule that fits an issue decides; without one it is not routed. */
const actionsSchema = z
  .strictObject({ rules: z.array(actionRuleSchema).optional() })
  .transform(({ rules }): readonly ActionRule[] => rules ?? defaultActionRules);

/** Section `alerts` of a feedback file: who hears of safety complaints at once. */
const alertsSchema = z
  .strictObject({
    webhook: z
      .strictObject({
        url: z.url({ protocol: /^https?$/ }),
        secret_env: text
          .default('QUORATE_WEBHOOK_SECRET')
          .describe('Environment variable with the secret that signs the alerts'),
        timeout_ms: z.int().min(100).max(60_000).default(5_000),
      })
      .optional(),
    log: text.default('.quorate/alerts.jsonl').describe('JSONL file that every alert is appended to'),
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

/** The settings of the feedback loop: one section a file, all of them optional. */
export const feedbackSchema = z.strictObject({
  intake: intakeSchema.prefault({}),
  cleaning: cleaningSchema.prefault({}),
  understanding: understandingSchema.prefault({}),
  actions: actionsSchema.prefault({}),
  alerts: alertsSchema.prefault({}),
  retention: retentionSchema.prefault({}),
});

export type FeedbackSettings = z.output<typeof feedbackSchema>;
