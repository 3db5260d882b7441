import type { CallEnd } from '../../../ports/limiter.ts';

const firstLimit = 4;
const backOff = 0.7;
/** Calls shorter than this never count as slow. */
const minSlowMs = 1000;
/** A recent latency above this multiple of the usual one is slow. */
const slowFactor = 3;
/** Weight of one call in the recent and in the usual latency. */
const recentWeight = 1 / 16;
const usualWeight = 1 / 512;
/** Calls before the usual latency is known. */
const warmUpCalls = 32;

/** A slot among the calls in flight; `end` is called exactly once. */
export interface Slot {
  end(how: CallEnd): void;
}

interface Waiting {
  resolve(slot: Slot): void;
}

/**
 * Limit of the calls in flight at one provider: it starts low, doubles with each round of good replies, grows by one a
 * round after the first failure, and drops when the provider refuses, is overloaded or slow.
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989).
 */
export class AdaptiveConcurrency {
  readonly #max: number;
  readonly #queue: Waiting[] = [];
  #limit: number;
  #hasFailed = false;
  #inFlight = 0;
  /** Only calls started after the last back-off show its effect. */
  #generation = 0;
  #lastFailure: string | null = null;
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

  /** Current use and the reason for the limit, as a readable text. */
  describe(): string {
    const full = `${this.#inFlight} in flight, at most ${this.limit}`;
    if (this.limit >= this.#max) return full;
    const why = this.#lastFailure === null ? 'ramping up' : `reduced after ${this.#lastFailure}`;
    return `${full} of ${this.#max} for now: ${why}`;
  }

  /** Resolves when a slot is free, first come first served. */
  enter(signal: AbortSignal): Promise<Slot> {
    signal.throwIfAborted();
    if (this.#queue.length === 0 && this.#inFlight < this.limit) return Promise.resolve(this.#take());
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        resolve: (slot) => {
          signal.removeEventListener('abort', leave);
          resolve(slot);
        },
      };
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(waiting);
    });
  }

  #take(): Slot {
    this.#inFlight += 1;
    const generation = this.#generation;
    return {
      end: (how) => {
        this.#inFlight -= 1;
        if (generation === this.#generation) this.#learn(how);
        while (this.#queue.length > 0 && this.#inFlight < this.limit)
          this.#queue.shift()!.resolve(this.#take());
      },
    };
  }

  #learn(how: CallEnd): void {
    if (how.outcome === 'abandoned') return;
    if (how.outcome === 'error') {
      const { kind } = how;
      if (kind === 'rate' || kind === 'overloaded' || kind === 'timeout') this.#backOff(wordsFor[kind]);
      return;
    }
    if (this.#isSlow(how.latencyMs)) this.#backOff('slow replies');
    else if (this.#limit < this.#max) {
      this.#limit = Math.min(this.#max, this.#limit + (this.#hasFailed ? 1 / this.#limit : 1));
    }
  }

  #backOff(failure: string): void {
    this.#lastFailure = failure;
    this.#hasFailed = true;
    this.#limit = Math.max(1, this.#limit * backOff);
    this.#generation += 1;
  }

  #isSlow(latencyMs: number): boolean {
    this.#measured += 1;
    const early = 1 / this.#measured;
    this.#recentMs += (latencyMs - this.#recentMs) * Math.max(recentWeight, early);
    this.#usualMs += (latencyMs - this.#usualMs) * Math.max(usualWeight, early);
    const slow = Math.max(minSlowMs, slowFactor * this.#usualMs);
    return this.#measured > warmUpCalls && this.#recentMs > slow;
  }
}

const wordsFor = {
  rate: 'a rate limit (429)',
  overloaded: 'an overload (503, 529)',
  timeout: 'a timeout',
} as const;
