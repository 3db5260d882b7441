/** Settings of a rate. */
export interface GcraOptions {
  readonly perMinute: number;
  /** How much may be made up for after a pause, in milliseconds of the rate. */
  readonly burstMs: number;
  /** When the rate starts to count, in milliseconds since the epoch: nothing is owed for the time before. */
  readonly startMs: number;
}

/**
 * The generic cell rate algorithm in its reserving form: it never refuses, it says how long to wait. One number,
 * the theoretical arrival time, holds the whole state. Follows ITU-T I.371 (1996), annex A, virtual scheduling.
 */
export class Gcra {
  readonly #unitMs: number;
  readonly #burstMs: number;
  #arrivalMs: number;

  constructor({ perMinute, burstMs, startMs }: GcraOptions) {
    this.#unitMs = 60_000 / perMinute;
    this.#burstMs = burstMs;
    this.#arrivalMs = startMs;
  }

  /** How long a call would have to wait now, in milliseconds; 0 when it may start. */
  waitMs(now: number): number {
    return Math.max(0, this.#arrivalMs - now);
  }

  /** Takes `units` (requests or tokens) from the time at which they may start. */
  reserve(units: number, now: number): void {
    this.#arrivalMs = Math.max(this.#arrivalMs, now - this.#burstMs) + units * this.#unitMs;
  }

  /** Gives back what was reserved and not used; a negative number takes what was used beyond. */
  giveBack(units: number): void {
    this.#arrivalMs -= units * this.#unitMs;
  }
}
