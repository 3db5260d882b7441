/**
 * How a run is brought to an end. `stop` lets what is in flight come home and be recorded, since it is paid for;
 * `abandon` is for when nothing that comes back could be kept. The first reason is the one that is told.
 */
export class RunControl {
  readonly #stopping = new AbortController();
  readonly #abandoning = new AbortController();

  /** Aborted when no new call may start. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Aborted when calls under way are of no use any more. */
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
