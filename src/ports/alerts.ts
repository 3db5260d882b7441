import type { FeedbackEvent } from '../domain/feedback-event.ts';
import type { Alert } from '../domain/routing.ts';

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

/** An alert that one channel has not delivered yet. */
interface WaitingAlert {
  readonly alert: Alert;
  readonly channel: string;
  /** Failed attempts so far. */
  readonly tries: number;
}

/** Undelivered alerts, on disk. An alert leaves the outbox only once its receiver has confirmed it. */
export interface AlertOutbox {
  /** Adds each alert once per channel; existing entries stay unchanged. @returns how many alerts were new */
  add(alerts: readonly Alert[], channels: readonly string[]): Promise<number>;
  /** Alerts of these channels that are due at `nowMs`, oldest first. */
  due(channels: readonly string[], nowMs: number, limit: number): Promise<readonly WaitingAlert[]>;
  markSent(alert: string, channel: string, atMs: number): Promise<void>;
  markFailed(alert: string, channel: string, reason: string, nextMs: number): Promise<void>;
  countWaiting(): Promise<number>;
  close(): Promise<void>;
}

/** The result of one attempt to deliver alerts, as counts of (alert, channel) pairs. */
export interface Delivery {
  readonly sent: number;
  readonly failed: number;
  /** Not delivered yet, including those that wait for a retry. */
  readonly waiting: number;
}

/**
 * Sends an alert for each safety complaint without waiting for a scheduled review. The server calls it on arrival,
 * the retraining daemon when it scans the store.
 */
export interface AlertDispatcher {
  /** Writes the alerts of these events to disk without sending them. @returns how many were new */
  raise(events: Iterable<FeedbackEvent>): Promise<number>;
  /** Sends what is due over every channel. After a failure the alert is kept and a retry is scheduled. */
  deliver(signal?: AbortSignal): Promise<Delivery>;
  close(): Promise<void>;
}
