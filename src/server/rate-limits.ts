import { Gcra } from '../engine/calls/limits/gcra.ts';

/** How much may come at once after a pause: what comes in one minute. */
const burstMs = 60_000;

/**
 * A rate for each of many keys, forgotten when idle: after a burst's time nothing is owed, so that two generations of
 * buckets hold all that matters, and strangers cannot fill the memory for longer than that.
 */
export class RateLimits {
  #young = new Map<string, Gcra>();
  #old = new Map<string, Gcra>();
  #turnedMs = 0;

  /**
   * Takes one unit if the key owes nothing.
   * @returns 0, or how many milliseconds the key has to wait, and then nothing was taken.
   */
  take(key: string, perMinute: number | null, nowMs: number): number {
    if (perMinute === null) return 0;
    const gcra = this.#of(key, perMinute, nowMs);
    const waitMs = gcra.waitMs(nowMs);
    if (waitMs === 0) gcra.reserve(1, nowMs);
    return waitMs;
  }

  /** Takes `units` whatever they are: a large batch passes, and what comes next waits for its share. */
  owe(key: string, units: number, perMinute: number | null, nowMs: number): void {
    if (perMinute !== null) this.#of(key, perMinute, nowMs).reserve(units, nowMs);
  }

  #of(key: string, perMinute: number, nowMs: number): Gcra {
    if (nowMs - this.#turnedMs > burstMs) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#turnedMs = nowMs;
    }
    let gcra = this.#young.get(key);
    if (gcra === undefined) {
      gcra = this.#old.get(key) ?? new Gcra({ perMinute, burstMs, startMs: nowMs - burstMs });
      this.#young.set(key, gcra);
    }
    return gcra;
  }
}
