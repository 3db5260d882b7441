import { Gcra } from './gcra.ts';

/** Slightly below the limit: clocks differ, and a refused call costs more than it gains. */
const share = 0.995;
/**
 * Timers fire late, by more than ten milliseconds on a busy machine. A delay up to this is made up for at once, a longer
 * one gradually; together they keep any second within 2 % of the limit.
 */
const burstMs = 17;
const catchUp = 1.002;
/** Pauses longer than this are not made up for: providers do not carry them over either. */
const memoryMs = 250;
/** From this many calls a second on, calls are counted in an exact window of a second, and a longer stall is made up for at once. */
const minCounted = 20;
/** One percent is reserved for calls that arrive closer together than they were sent. */
const maxInASecond = 1.01;

/** Keeps calls evenly spaced. */
interface Evenness {
  waitMs(now: number): number;
  reserve(units: number, now: number): void;
  giveBack(units: number): void;
}

/**
 * A rate without bursts: at most 2 % over the limit in any second, yet the full rate on average, because time lost to
 * late timers and a busy processor is made up for.
 */
export class SteadyRate {
  readonly perMinute: number;
  readonly #average: Gcra;
  readonly #even: Evenness;

  /** @param counts `calls` where each reservation is one unit and none is given back. */
  constructor(perMinute: number, startMs: number, counts: 'calls' | 'tokens') {
    this.perMinute = perMinute;
    this.#average = new Gcra({ perMinute: perMinute * share, burstMs: memoryMs, startMs });
    const perSecond = Math.floor(perMinute / 60);
    this.#even =
      counts === 'calls' && perSecond >= minCounted
        ? counting(new CallWindow(Math.floor(perSecond * maxInASecond)))
        : new Gcra({ perMinute: perMinute * catchUp, burstMs, startMs });
  }

  waitMs(now: number): number {
    return Math.max(this.#average.waitMs(now), this.#even.waitMs(now));
  }

  reserve(units: number, now: number): void {
    this.#average.reserve(units, now);
    this.#even.reserve(units, now);
  }

  giveBack(units: number): void {
    this.#average.giveBack(units);
    this.#even.giveBack(units);
  }
}

/** Slightly more than a second, so that no interval of a second counts both of its ends. */
const windowMs = 1001;

/** At most `most` calls in any second: calls delayed by a stall of the machine may follow at once, but no more. */
class CallWindow {
  readonly #startsMs: number[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  waitMs(now: number): number {
    while (this.#startsMs.length > 0 && this.#startsMs[0]! <= now - windowMs) this.#startsMs.shift();
    if (this.#startsMs.length < this.#most) return 0;
    return this.#startsMs[this.#startsMs.length - this.#most]! + windowMs - now;
  }

  reserve(now: number): void {
    this.#startsMs.push(now);
  }
}

function counting(window: CallWindow): Evenness {
  return {
    waitMs: (now) => window.waitMs(now),
    reserve: (_units, now) => window.reserve(now),
    giveBack() {},
  };
}
