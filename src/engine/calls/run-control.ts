/**
 * Ends a run. `stop` lets calls in flight complete and be recorded, since they are paid for; `abandon` cancels them, for
 * when their replies could not be stored. The first reason is the one that is reported.
 */
export class RunControl {
  readonly #stopping = new AbortController();
  readonly #abandoning = new AbortController();

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
