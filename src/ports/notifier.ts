import type { Alert } from '../domain/alert.ts';

/**
 * A channel for safety alerts, for example a webhook or a chat. To add your own channel, implement this interface.
 * @example
 * const stderr: Notifier = {
 *   channel: 'stderr',
 *   notify: async (alert) => void process.stderr.write(`${alert.id} ${alert.comment ?? ''}\n`),
 * };
 */
export interface Notifier {
  /** Stable name of the channel; the outbox stores undelivered alerts under it. */
  readonly channel: string;
  /** Resolves once the receiver has the alert. Throws otherwise; a retry carries the same alert id. */
  notify(alert: Alert, options: { readonly signal: AbortSignal }): Promise<void>;
}
