import type { GateMetric, GateTest } from '../../domain/gate.ts';
import type { Evidence } from './evidence.ts';

/** One claim that is tested: a criterion over all items, or over one slice of them. */
export interface Hypothesis {
  readonly id: string;
  readonly metric: GateMetric;
  readonly test: GateTest;
  /** For example `category=code`; null: all items. */
  readonly slice: string | null;
  readonly margin: number;
  readonly required: boolean;
  readonly priority: number;
  /** What was found, or why there is nothing to test. */
  readonly evidence: Evidence | { readonly missing: string };
}

/** What the improvement must exceed. */
export function thresholdOf({ test, margin }: Pick<Hypothesis, 'test' | 'margin'>): number {
  return test === 'superiority' ? margin : -margin;
}
