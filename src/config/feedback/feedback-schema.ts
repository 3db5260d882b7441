import { z } from 'zod';
import { type FailureCategory, failureCategories } from '../../domain/failure-category.ts';
import { defaultUnderstandingSettings, type UnderstandingSettings } from '../../domain/feedback-settings.ts';
import { defaultRetention, type RetentionClass, retentionClasses } from '../../domain/retention.ts';
import {
  type ActionRule,
  type AlertSettings,
  actionKinds,
  defaultActionRules,
} from '../../domain/routing.ts';
import { defined, share, text } from '../yaml/common-schema.ts';
import { cleaningSchema } from './cleaning-schema.ts';
import { intakeSchema } from './intake-schema.ts';

const defaults = defaultUnderstandingSettings;

/** Section `understanding` of a feedback file: how complaints are grouped and ranked. */
const understandingSchema = z
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
