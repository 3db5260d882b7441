import type { RateLimits } from '../../../domain/job.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { CallEnd, Limiter, Permit } from '../../../ports/limiter.ts';
import type { AdaptiveConcurrency, Slot } from './adaptive-concurrency.ts';
import { SteadyRate } from './steady-rate.ts';

/** Pause after a 429 without a Retry-After. */
const quietMs = 1000;
/** Weight of one call in the estimate of tokens used. */
const learningWeight = 1 / 32;
/** A refusal multiplies the estimate that unused tokens are returned by this; it then recovers at this initial rate. */
const trustLeft = 1 / 4;
const trustRegained = 1 / 256;

/**
 * The limits of one model: requests and tokens a minute, and the provider's common limit on calls in flight.
 * Calls start one by one, first come first served, so that no call overtakes and no burst builds up behind a wait.
 */
export class EndpointLimiter implements Limiter {
  readonly #clock: Clock;
  readonly #concurrency: AdaptiveConcurrency;
  readonly #requests: SteadyRate | null;
  readonly #tokens: SteadyRate | null;
  #last: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #quietUntilMs = 0;
  #startsAtMs = 0;
  #usedOfEstimate = 1;
  /** 1: the provider counts the tokens used; 0: the tokens requested. Estimated from its refusals. */
  #chargesUse = 1;
  #regained = trustRegained;

  constructor(limits: RateLimits, concurrency: AdaptiveConcurrency, clock: Clock) {
    this.#clock = clock;
    this.#concurrency = concurrency;
    const rate = (perMinute: number | undefined, counts: 'calls' | 'tokens') =>
      perMinute === undefined ? null : new SteadyRate(perMinute, clock.now(), counts);
    this.#requests = rate(limits.rpm, 'calls');
    this.#tokens = rate(limits.tpm, 'tokens');
  }

  async enter(tokens: number, signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    const turn = this.#last.then(() => this.#start(tokens, signal));
    this.#last = turn.catch(() => {});
    this.#queued += 1;
    try {
      return await turn;
    } finally {
      this.#queued -= 1;
    }
  }

  waiting(): string | null {
    if (this.#queued === 0) return null;
    const now = this.#clock.now();
    const seconds = ((this.#startsAtMs - now) / 1000).toFixed(1);
    if (this.#startsAtMs <= now) return `${this.#queued} queued, ${this.#concurrency.describe()}`;
    if (this.#quietUntilMs >= this.#startsAtMs) return `the provider asked to wait ${seconds} s more`;
    const limits = [
      this.#requests === null ? [] : `${this.#requests.perMinute} requests`,
      this.#tokens === null ? [] : `${this.#tokens.perMinute} tokens`,
    ].flat();
    return `${this.#queued} queued for ${limits.join(' and ')} a minute, the next in ${seconds} s`;
  }

  async #start(estimate: number, signal: AbortSignal): Promise<Permit> {
    for (;;) {
      signal.throwIfAborted();
      const waitMs = this.#waitMs();
      if (waitMs <= 0) {
        const slot = await this.#concurrency.enter(signal);
        // While this call waited for a slot, the provider may have asked for a pause.
        if (this.#waitMs() <= 0) return this.#permit(estimate, slot);
        slot.end({ outcome: 'abandoned' });
        continue;
      }
      this.#startsAtMs = this.#clock.now() + waitMs;
      await this.#clock.sleep(waitMs, signal);
    }
  }

  #waitMs(): number {
    const now = this.#clock.now();
    return Math.max(
      this.#quietUntilMs - now,
      this.#requests?.waitMs(now) ?? 0,
      this.#tokens?.waitMs(now) ?? 0,
    );
  }

  #permit(estimate: number, slot: Slot): Permit {
    const now = this.#clock.now();
    const reserved = this.#charge(estimate, estimate * this.#usedOfEstimate);
    this.#requests?.reserve(1, now);
    this.#tokens?.reserve(reserved, now);
    return {
      end: (how) => {
        slot.end(how);
        if (how.outcome === 'reply') this.#correct(estimate, reserved, how.tokens);
        else if (how.outcome === 'error') this.#pause(how);
      },
    };
  }

  #correct(estimate: number, reserved: number, used: number | null): void {
    if (used === null || this.#tokens === null) return;
    this.#tokens.giveBack(reserved - this.#charge(estimate, used));
    this.#chargesUse = Math.min(1, this.#chargesUse + this.#regained);
    this.#usedOfEstimate += (used / Math.max(1, estimate) - this.#usedOfEstimate) * learningWeight;
  }

  #charge(estimate: number, used: number): number {
    return estimate + (used - estimate) * this.#chargesUse;
  }

  #pause({ kind, retryAfterMs }: Extract<CallEnd, { outcome: 'error' }>): void {
    const askedMs = retryAfterMs ?? (kind === 'rate' ? quietMs : undefined);
    if (askedMs === undefined) return;
    const now = this.#clock.now();
    // Calls in flight are refused together: that counts once.
    if (kind === 'rate' && this.#quietUntilMs <= now) {
      this.#chargesUse *= trustLeft;
      this.#regained /= 2;
    }
    this.#quietUntilMs = Math.max(this.#quietUntilMs, now + askedMs);
  }
}
