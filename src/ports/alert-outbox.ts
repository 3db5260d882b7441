import type { Alert } from '../domain/alert.ts';

export interface WaitingAlert {
  readonly alert: Alert;
  readonly channel: string;
  /** Failed tries so far. */
  readonly tries: number;
}

/** What has still to be told, on disk: an alert is gone from here only when its receiver has it. */
export interface AlertOutbox {
  /** For each channel; what was added before stays as it is. @returns how many alerts were new */
  add(alerts: readonly Alert[], channels: readonly string[]): Promise<number>;
  /** Those of these channels whose time has come, the oldest first. */
  due(channels: readonly string[], nowMs: number, limit: number): Promise<readonly WaitingAlert[]>;
  markSent(alert: string, channel: string, atMs: number): Promise<void>;
  markFailed(alert: string, channel: string, reason: string, nextMs: number): Promise<void>;
  countWaiting(): Promise<number>;
  close(): Promise<void>;
}
