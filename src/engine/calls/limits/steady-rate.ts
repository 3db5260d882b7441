import { CallWindow } from './call-window.ts';
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
/** From so many calls a second on, a second of them is counted exactly instead, and a longer stall made up for at once. */
const fewestCounted = 20;
/** One percent is left for calls that arrive closer together than they were sent. */
const mostInASecond = 1.01;

/** What keeps calls from bunching. */
interface Evenness {
  waitMs(now: number): number;
  reserve(units: number, now: number): void;
  giveBack(units: number): void;
}

/**
 * A rate without bursts: at most 2 % over the limit in any second, and yet the full rate on average, because what
 * timers and a busy processor lose is caught up with.
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
      counts === 'calls' && perSecond >= fewestCounted
        ? counting(new CallWindow(Math.floor(perSecond * mostInASecond)))
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

function counting(window: CallWindow): Evenness {
  return {
    waitMs: (now) => window.waitMs(now),
    reserve: (_units, now) => window.reserve(now),
    giveBack() {},
  };
}
