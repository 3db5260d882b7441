import type { Alert } from '../domain/alert.ts';

/** An alert that one channel has not delivered yet. */
export interface WaitingAlert {
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
