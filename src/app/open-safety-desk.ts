import { dirname, join, resolve } from 'node:path';
import type { AlertSettings } from '../domain/alert.ts';
import { ConfigError } from '../domain/errors.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { SafetyDesk } from '../ports/safety-desk.ts';
import type { CommandIo } from '../cli/io.ts';

/** Alerts that are still to be told: beside the feedback store. */
const outboxName = 'alerts.db';

/**
 * The safety desk of a command line: a log always, a webhook where there is one.
 * @throws ConfigError without the webhook's secret; StoreError
 */
export async function openSafetyDeskOf(
  { webhook, log }: AlertSettings,
  feedbackStore: string,
  { cwd, env }: Pick<CommandIo, 'cwd' | 'env'>,
): Promise<SafetyDesk> {
  const [{ openSafetyDesk }, { openAlertLog }, { openSqliteAlertOutbox }, { systemClock: clock }] =
    await Promise.all([
      import('../feedback/routing/safety-desk.ts'),
      import('../connectors/log/alert-log.ts'),
      import('../store/sqlite/sqlite-alert-outbox.ts'),
      import('./system-clock.ts'),
    ]);
  const notifiers: Notifier[] = [openAlertLog(resolve(cwd, log))];
  if (webhook !== undefined) {
    const secret = env[webhook.secretVariable];
    if (secret === undefined || secret === '') {
      throw new ConfigError(`the webhook of safety alerts has no secret`, [], {
        hint: `set the environment variable ${webhook.secretVariable}; the receiver checks the signature with it`,
      });
    }
    const { openWebhook } = await import('../connectors/webhook/webhook-notifier.ts');
    notifiers.push(openWebhook({ url: webhook.url, secret, timeoutMs: webhook.timeoutMs, clock }));
  }
  const outbox = openSqliteAlertOutbox(join(dirname(resolve(cwd, feedbackStore)), outboxName));
  return openSafetyDesk({ outbox, notifiers, clock });
}
