import { Gcra } from './gcra.ts';

/** A little under what is allowed: clocks differ, and a refused call costs more than it gains. */
const share = 0.995;
/**
 * Timers wake late, by more than ten milliseconds on a busy machine. What was missed for so long is made up for at
 * once, what was missed for longer little by little; together they keep any second within 2 % of the limit.
 */
const burstMs = 17;
const catchUp = 1.002;
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
