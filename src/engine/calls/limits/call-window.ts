/** A hair more than a second, so that no second has both of its ends counted. */
const windowMs = 1001;

/** At most so many calls in any second: what a stall of this machine has held up may follow at once, and no more. */
export class CallWindow {
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
