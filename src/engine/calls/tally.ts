import type { ProviderError } from '../../domain/provider-error.ts';
import type { RunProgress } from '../../ports/progress.ts';

/** Live counts of the part of a run that this process performs. */
export class Tally implements RunProgress {
  itemsDone = 0;
  tasksDone = 0;
  votes = 0;
  calls = 0;
  cached = 0;
  inFlight = 0;
  costUsd = 0;
  costKnown = true;
  /** The last failure of a call, after its retries. */
  lastFailure: ProviderError | null = null;
  readonly itemsTotal: number;
  readonly tasksTotal: number;
  readonly #reasons: readonly (() => string | null)[];

  constructor(itemsTotal: number, tasksTotal: number, reasons: readonly (() => string | null)[]) {
    this.itemsTotal = itemsTotal;
    this.tasksTotal = tasksTotal;
    this.#reasons = reasons;
  }

  waiting(): readonly string[] {
    return this.#reasons.map((reason) => reason()).filter((reason) => reason !== null);
  }
}
