import { type ErrorOptionsWithHint, hasCode, QuorateError } from './errors.ts';

/** The limit that the call could have exceeded. */
export type BudgetScope = 'run' | 'rater' | 'item';

/** A call was not made because it could have exceeded a budget (exit code 6). The run can be resumed. */
export class BudgetError extends QuorateError {
  readonly scope: BudgetScope;
  /** The limit in US dollars. */
  readonly limitUsd: number;

  constructor(scope: BudgetScope, limitUsd: number, message: string, options: ErrorOptionsWithHint = {}) {
    super('budget', message, options);
    this.scope = scope;
    this.limitUsd = limitUsd;
  }

  static override isInstance(value: unknown): value is BudgetError {
    return hasCode(value, 'budget');
  }
}
