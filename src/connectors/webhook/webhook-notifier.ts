import { createHmac } from 'node:crypto';
import { QuorateError } from '../../domain/errors.ts';
import type { Notifier } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** POSTs each alert as JSON, signed according to the Standard Webhooks specification: `webhook-id` (the alert's id, the same
 * for every attempt), `webhook-timestamp` (seconds), `webhook-signature: v1,` + base64 HMAC-SHA-256 of "id.timestamp.body".
 * Redirects are not followed. Anything but a 2xx within the time is a failure.
 */
export function openWebhook({ url, secret, timeoutMs, clock }: WebhookOptions): Notifier {
  return {
    channel: 'webhook',
    async notify(alert, { signal }) {
      const body = JSON.stringify(alert);
      const timestamp = Math.floor(clock.now() / 1000);
      const signature = createHmac('sha256', secret)
        .update(`${alert.id}.${timestamp}.${body}`)
        .digest('base64');
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'webhook-id': alert.id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': `v1,${signature}`,
        },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      // the body is not read, and nothing waits for the end of it
      void response.body?.cancel().catch(() => undefined);
      if (!response.ok) throw new QuorateError('webhook', `the webhook answered ${response.status}`);
    },
  };
}
