import { Cron } from 'croner';

/** The scheduled times of a cron pattern. */
export class Calendar {
  readonly #cron: Cron;

  constructor(pattern: string, timezone: string) {
    this.#cron = new Cron(pattern, { timezone, paused: true });
  }

  /** The latest scheduled time at or before `nowMs`; null if there is none. Milliseconds since the epoch. */
  latest(nowMs: number): number | null {
    // croner returns times strictly before its reference
    return this.#cron.previousRuns(1, new Date(nowMs + 1))[0]?.getTime() ?? null;
  }

  /** The next scheduled time after `nowMs`. */
  next(nowMs: number): number {
    return this.#cron.nextRun(new Date(nowMs))?.getTime() ?? Infinity;
  }
}
