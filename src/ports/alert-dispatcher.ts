import type { FeedbackEvent } from '../domain/feedback-event.ts';

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
