/**
 * The current time and timers. Inject a fake one to make tests deterministic and instant.
 * @example
 * let nowMs = 0;
 * const clock: Clock = {
 *   now: () => nowMs,
 *   sleep: async (ms, signal) => {
 *     signal?.throwIfAborted();
 *     nowMs += ms;
 *   },
 * };
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
