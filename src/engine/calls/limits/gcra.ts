/** Settings of a rate. */
export interface GcraOptions {
  readonly perMinute: number;
  /** How much of a pause may be made up for, in milliseconds of the rate. */
  readonly burstMs: number;
  /** Start of the rate, in milliseconds since the epoch: no credit accrues before it. */
  readonly startMs: number;
}

/**
 * The generic cell rate algorithm in its reserving form: it never refuses, it returns how long to wait. Its whole state is
 * one number, the theoretical arrival time. Follows ITU-T I.371 (1996), annex A, virtual scheduling.
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

  /** Returns units that were reserved and not used; a negative number charges units used beyond the reservation. */
  giveBack(units: number): void {
    this.#arrivalMs -= units * this.#unitMs;
  }
}
