import type { Clock } from '../../src/ports/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  wake(): void;
}

/** Time that passes only when `run` is called, as fast as the work allows. */
export class VirtualClock implements Clock {
  #now = 0;
  #count = 0;
  readonly #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#sleepers.splice(this.#sleepers.indexOf(sleeper), 1);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const sleeper = { at: this.#now + Math.max(0, ms), order: this.#count, wake };
      this.#count += 1;
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Lets time pass until this moment. Whoever is due earlier wakes earlier; equal times wake in order of asking. */
  async run(untilMs: number): Promise<void> {
    for (;;) {
      await settle();
      const next = this.#sleepers.reduce<Sleeper | null>(
        (first, other) =>
          first === null || other.at < first.at || (other.at === first.at && other.order < first.order)
            ? other
            : first,
        null,
      );
      if (next === null || next.at > untilMs) break;
      this.#sleepers.splice(this.#sleepers.indexOf(next), 1);
      this.#now = next.at;
      next.wake();
    }
    this.#now = untilMs;
  }
}

/** Lets every promise that can go on do so. Enough turns for any chain of awaits in the tests; no timers. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await undefined;
}
