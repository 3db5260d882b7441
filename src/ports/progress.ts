/** A live view of a run: read it whenever there is something to draw. */
export interface RunProgress {
  readonly itemsDone: number;
  readonly itemsTotal: number;
  /** Looks taken in this process or found recorded. */
  readonly tasksDone: number;
  /** Looks that there are to take at most; an allocation that stops early takes fewer. */
  readonly tasksTotal: number;
  readonly votes: number;
  /** Calls paid now. */
  readonly calls: number;
  /** Calls served from the record. */
  readonly cached: number;
  readonly inFlight: number;
  /** Spent by the run so far, earlier processes included. */
  readonly costUsd: number;
  /** False where some call's price is unknown, so that `costUsd` is too low. */
  readonly costKnown: boolean;
  /** Why calls are waiting just now, in words for people. */
  waiting(): readonly string[];
}

/** Shows a run to whoever is watching. */
export interface Progress {
  begin(live: RunProgress): void;
  end(): void;
}
