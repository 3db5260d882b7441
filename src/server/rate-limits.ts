import { Gcra } from '../engine/calls/limits/gcra.ts';

/** Burst size: the amount of one minute. */
const burstMs = 60_000;

/** A rate limit per key that drops idle keys: after one burst interval a key owes nothing, so two generations of buckets are
 * sufficient, and unknown clients cannot fill the memory for longer than that.
 */
export class RateLimits {
  #young = new Map<string, Gcra>();
  #old = new Map<string, Gcra>();
  #turnedMs = 0;

  /**
   * Takes one unit if the key owes nothing.
   * @returns 0, or the milliseconds that the key has to wait; then nothing was taken
   */
  take(key: string, perMinute: number | null, nowMs: number): number {
    if (perMinute === null) return 0;
    const gcra = this.#of(key, perMinute, nowMs);
    const waitMs = gcra.waitMs(nowMs);
    if (waitMs === 0) gcra.reserve(1, nowMs);
    return waitMs;
  }

  /** Whether the key took something within the last minutes. */
  knows(key: string, nowMs: number): boolean {
    this.#turn(nowMs);
    return this.#young.has(key) || this.#old.has(key);
  }

  /** Takes `units` unconditionally: a large batch passes, and the next request waits accordingly. */
  owe(key: string, units: number, perMinute: number | null, nowMs: number): void {
    if (perMinute !== null) this.#of(key, perMinute, nowMs).reserve(units, nowMs);
  }

  #of(key: string, perMinute: number, nowMs: number): Gcra {
    this.#turn(nowMs);
    let gcra = this.#young.get(key);
    if (gcra === undefined) {
      gcra = this.#old.get(key) ?? new Gcra({ perMinute, burstMs, startMs: nowMs - burstMs });
      this.#young.set(key, gcra);
    }
    return gcra;
  }

  #turn(nowMs: number): void {
    if (nowMs - this.#turnedMs <= burstMs) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#turnedMs = nowMs;
  }
}
