/** A live view of a run; its fields change while the run proceeds. */
export interface RunProgress {
  readonly itemsDone: number;
  readonly itemsTotal: number;
  /** Tasks performed in this process or found recorded. */
  readonly tasksDone: number;
  /** Maximum number of tasks; an allocation that stops early performs fewer. */
  readonly tasksTotal: number;
  readonly votes: number;
  /** Calls paid by this process. */
  readonly calls: number;
  /** Calls served from recorded replies. */
  readonly cached: number;
  readonly inFlight: number;
  /** US dollars spent by the run so far, including earlier processes. */
  readonly costUsd: number;
  /** False when the price of some call is unknown, so that `costUsd` is too low. */
  readonly costKnown: boolean;
  /** Why calls are waiting now, as messages for the user. */
  waiting(): readonly string[];
}

/** Displays the progress of a run: `begin` is called once at the start, `end` once at the end. */
export interface Progress {
  begin(live: RunProgress): void;
  end(): void;
}
