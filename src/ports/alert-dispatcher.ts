import type { FeedbackEvent } from '../domain/feedback-event.ts';

export interface Delivery {
  readonly sent: number;
  readonly failed: number;
  /** Still to be told, those that wait for their next try too. */
  readonly waiting: number;
}

/** Tells about safety complaints at once: for the server on arrival, and for whoever sweeps the store. */
export interface AlertDispatcher {
  /** Puts the alerts of these events on the disk. @returns how many were new; nothing is sent yet */
  raise(events: Iterable<FeedbackEvent>): Promise<number>;
  /** Sends what is due over every channel. A failure keeps the alert and says when it is tried again. */
  deliver(signal?: AbortSignal): Promise<Delivery>;
  close(): Promise<void>;
}
