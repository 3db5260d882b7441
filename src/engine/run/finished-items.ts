interface Waiter {
  readonly count: number;
  resolve(): void;
}

/**
 * Tracks the finished items: `waitFor(n)` resolves when the first n items are all finished. Items begin in order, so
 * only items that are under way are waited for.
 */
export class FinishedItems {
  #prefix = 0;
  readonly #ahead = new Set<number>();
  #waiters: Waiter[] = [];

  finish(index: number): void {
    this.#ahead.add(index);
    while (this.#ahead.delete(this.#prefix)) this.#prefix += 1;
    const ready = this.#waiters.filter(({ count }) => count <= this.#prefix);
    if (ready.length === 0) return;
    this.#waiters = this.#waiters.filter(({ count }) => count > this.#prefix);
    for (const { resolve } of ready) resolve();
  }

  /** Rejects with the signal's reason when it is aborted. */
  async waitFor(count: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (count <= this.#prefix) return;
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => reject(signal.reason);
      signal.addEventListener('abort', giveUp, { once: true });
      const resolveOnce = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      this.#waiters.push({ count, resolve: resolveOnce });
    });
  }
}
