import type { GateMethod } from '../../domain/gate.ts';
import type { Interval } from '../../stats/intervals/interval.ts';

/** A hypothesis measured, before several are corrected for one another. */
export interface Measured {
  readonly method: GateMethod;
  readonly improvement: number;
  readonly interval: Interval;
  readonly standardError: number | null;
  /** One-sided p-value of "the improvement is at most the threshold". */
  readonly pPass: number;
  /** One-sided p-value of "the improvement is at least the threshold". */
  readonly pFail: number;
  readonly labels?: number;
  readonly effectiveLabels?: number;
  readonly sensitivity?: number;
  readonly specificity?: number;
  readonly panelAlone?: { readonly improvement: number; readonly interval: Interval };
}
