import { type ErrorOptionsWithHint, QuorateError } from './errors.ts';

/** Which limit would have been passed. */
export type BudgetScope = 'run' | 'rater' | 'item';

/** A call was not made because it could have passed a budget (exit code 6). The run can be continued. */
export class BudgetError extends QuorateError {
  readonly scope: BudgetScope;
  readonly limitUsd: number;

  constructor(scope: BudgetScope, limitUsd: number, message: string, options: ErrorOptionsWithHint = {}) {
    super('budget', message, options);
    this.scope = scope;
    this.limitUsd = limitUsd;
  }
}
