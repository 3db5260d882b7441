import { Gcra } from './gcra.ts';

/** A little under what is allowed: clocks differ, and a refused call costs more than it gains. */
const share = 0.995;
/** While behind, a rate catches up this much faster; with the burst below, any second stays within 2 % of it. */
const catchUp = 1.015;
const burstMs = 4;
/** Longer pauses than this are not made up for: providers forget them too. */
const memoryMs = 250;

/**
 * A rate without bursts: at most 2 % over the limit in any second, and yet the full rate on average, because what
 * timers and a busy processor lose is caught up with slowly.
 */
export class SteadyRate {
  readonly perMinute: number;
  readonly #average: Gcra;
  readonly #pace: Gcra;

  constructor(perMinute: number, startMs: number) {
    this.perMinute = perMinute;
    this.#average = new Gcra({ perMinute: perMinute * share, burstMs: memoryMs, startMs });
    this.#pace = new Gcra({ perMinute: perMinute * catchUp, burstMs, startMs });
  }

  waitMs(now: number): number {
    return Math.max(this.#average.waitMs(now), this.#pace.waitMs(now));
  }

  reserve(units: number, now: number): void {
    this.#average.reserve(units, now);
    this.#pace.reserve(units, now);
  }

  giveBack(units: number): void {
    this.#average.giveBack(units);
    this.#pace.giveBack(units);
  }
}
