import type { BudgetError } from '../../domain/errors.ts';
import type { OfferedTask } from '../../ports/allocation.ts';

/** The tasks that budgets of raters and items refused. */
export class Refusals {
  readonly #raters = new Map<string, BudgetError>();
  readonly #items = new Set<string>();
  readonly #missing = new Map<string, number>();
  #first: BudgetError | null = null;

  get first(): BudgetError | null {
    return this.#first;
  }

  /** Tasks not performed because a budget was reached, by rater. */
  get missing(): ReadonlyMap<string, number> {
    return this.#missing;
  }

  isExcluded(rater: string, item: string): boolean {
    return this.#raters.has(rater) || this.#items.has(item);
  }

  add(error: BudgetError, rater: string, item: string): void {
    this.#first ??= error;
    if (error.scope === 'item') this.#items.add(item);
    else this.#raters.set(rater, error);
  }

  countMissing(offers: readonly OfferedTask[], item: string): void {
    for (const { rater } of offers) {
      if (this.isExcluded(rater, item)) this.#missing.set(rater, 1 + (this.#missing.get(rater) ?? 0));
    }
    this.#items.delete(item);
  }
}
