import { Cron } from 'croner';

/** The moments of a cron pattern. */
export class Calendar {
  readonly #cron: Cron;

  constructor(pattern: string, timezone: string) {
    this.#cron = new Cron(pattern, { timezone, paused: true });
  }

  /** The latest moment at or before; null when there was none. Milliseconds since the epoch. */
  latest(nowMs: number): number | null {
    // croner looks strictly before its reference
    return this.#cron.previousRuns(1, new Date(nowMs + 1))[0]?.getTime() ?? null;
  }

  /** The next moment after. */
  next(nowMs: number): number {
    return this.#cron.nextRun(new Date(nowMs))?.getTime() ?? Infinity;
  }
}
