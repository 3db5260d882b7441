import { setMaxListeners } from 'node:events';

/**
 * Ends a run. `stop` lets calls in flight complete and be recorded, since they are paid for; `abandon` cancels them, for
 * when their replies could not be stored. The first reason is the one that is reported.
 */
export class RunControl {
  readonly #stopping = new AbortController();
  readonly #abandoning = new AbortController();

  constructor() {
    // One listener for each item and call that waits: their number is bounded by the concurrency, and each is removed.
    setMaxListeners(0, this.#stopping.signal, this.#abandoning.signal);
  }

  /** Aborted when no new call may start. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Aborted when calls in flight must be cancelled. */
  get callSignal(): AbortSignal {
    return this.#abandoning.signal;
  }

  get stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Why the run stops; undefined while it does not. */
  get reason(): unknown {
    return this.#stopping.signal.reason;
  }

  stop(reason: unknown): void {
    if (!this.stopped) this.#stopping.abort(reason);
  }

  abandon(reason: unknown): void {
    this.stop(reason);
    if (!this.#abandoning.signal.aborted) this.#abandoning.abort(reason);
  }
}
