import { dirname, join, resolve } from 'node:path';
import { ConfigError } from '../domain/errors.ts';
import type { AlertSettings } from '../domain/routing.ts';
import type { AlertDispatcher, Notifier } from '../ports/alerts.ts';
import type { Environment } from './context.ts';

/** Alerts not delivered yet: beside the feedback store. */
const outboxName = 'alerts.db';

/**
 * Safety alerts of an installation: a log always, a webhook where there is one.
 * @throws ConfigError without the webhook's secret; StoreError
 */
export async function openAlertDispatcherOf(
  { webhook, log }: AlertSettings,
  feedbackStore: string,
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Promise<AlertDispatcher> {
  const [{ openAlertDispatcher }, { openAlertLog }, { openSqliteAlertOutbox }, { systemClock: clock }] =
    await Promise.all([
      import('../feedback/routing/alert-dispatcher.ts'),
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
  return openAlertDispatcher({ outbox, notifiers, clock });
}
