import type { CallEnd } from '../../../ports/limiter.ts';

const firstLimit = 4;
const backOff = 0.7;
/** Judge calls shorter than this are never a sign of trouble, whatever they were before. */
const patienceMs = 1000;
/** So many times the usual latency is. */
const slowFactor = 3;
/** Weight of one call in the recent and in the usual latency. */
const recentWeight = 1 / 16;
const usualWeight = 1 / 512;
/** Calls before a latency is called usual. */
const warmUpCalls = 32;

/** A place among the calls in flight; `end` is called exactly once. */
export interface Slot {
  end(how: CallEnd): void;
}

interface Waiting {
  resolve(slot: Slot): void;
}

/**
 * How many calls may be in flight at one provider: few at first, twice as many with each round of good replies,
 * and after the first trouble one more a round; fewer at once when the provider refuses, is overloaded or slow.
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989).
 */
export class AdaptiveConcurrency {
  readonly #max: number;
  readonly #line: Waiting[] = [];
  #limit: number;
  #calm = true;
  #inFlight = 0;
  /** Only calls begun after the last back-off tell anything about what came of it. */
  #generation = 0;
  #lastTrouble: string | null = null;
  #recentMs = 0;
  #usualMs = 0;
  #measured = 0;

  constructor(max: number) {
    this.#max = max;
    this.#limit = Math.min(firstLimit, max);
  }

  /** Calls that may be in flight now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** How full it is and why it is no larger, in words for people. */
  describe(): string {
    const full = `${this.#inFlight} in flight, at most ${this.limit}`;
    if (this.limit >= this.#max) return full;
    const why = this.#lastTrouble === null ? 'feeling its way up' : `stood back after ${this.#lastTrouble}`;
    return `${full} of ${this.#max} just now: ${why}`;
  }

  /** Resolves when there is a place, in the order of asking. */
  enter(signal: AbortSignal): Promise<Slot> {
    signal.throwIfAborted();
    if (this.#line.length === 0 && this.#inFlight < this.limit) return Promise.resolve(this.#take());
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        resolve: (slot) => {
          signal.removeEventListener('abort', leave);
          resolve(slot);
        },
      };
      const leave = () => {
        this.#line.splice(this.#line.indexOf(waiting), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#line.push(waiting);
    });
  }

  #take(): Slot {
    this.#inFlight += 1;
    const generation = this.#generation;
    return {
      end: (how) => {
        this.#inFlight -= 1;
        if (generation === this.#generation) this.#learn(how);
        while (this.#line.length > 0 && this.#inFlight < this.limit)
          this.#line.shift()!.resolve(this.#take());
      },
    };
  }

  #learn(how: CallEnd): void {
    if (how.outcome === 'abandoned') return;
    if (how.outcome === 'error') {
      const { kind } = how;
      if (kind === 'rate' || kind === 'overloaded' || kind === 'timeout') this.#standBack(wordsFor[kind]);
      return;
    }
    if (this.#isSlow(how.latencyMs)) this.#standBack('slow replies');
    else if (this.#limit < this.#max) {
      this.#limit = Math.min(this.#max, this.#limit + (this.#calm ? 1 : 1 / this.#limit));
    }
  }

  #standBack(trouble: string): void {
    this.#lastTrouble = trouble;
    this.#calm = false;
    this.#limit = Math.max(1, this.#limit * backOff);
    this.#generation += 1;
  }

  #isSlow(latencyMs: number): boolean {
    this.#measured += 1;
    const early = 1 / this.#measured;
    this.#recentMs += (latencyMs - this.#recentMs) * Math.max(recentWeight, early);
    this.#usualMs += (latencyMs - this.#usualMs) * Math.max(usualWeight, early);
    const slow = Math.max(patienceMs, slowFactor * this.#usualMs);
    return this.#measured > warmUpCalls && this.#recentMs > slow;
  }
}

const wordsFor = {
  rate: 'a rate limit (429)',
  overloaded: 'an overload (503, 529)',
  timeout: 'a timeout',
} as const;
