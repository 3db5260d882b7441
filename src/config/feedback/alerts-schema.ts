import { z } from 'zod';
import type { AlertSettings } from '../../domain/alert.ts';
import { text } from '../yaml/common-schema.ts';
import { defined } from '../yaml/defined.ts';

/** Section `alerts` of a feedback file: who hears of safety complaints at once. */
export const alertsSchema = z
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
