/**
 * A range that holds the truth with the stated confidence.
 * @example
 * const interval: Interval = wilsonInterval(8, 10);
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * A statistic that need not exist for its input. Every function of `src/stats` whose value can be undefined
 * (kappa of two constant raters, AUROC of one class) returns this; none returns NaN.
 * @example
 * const alpha: Estimate = krippendorffAlpha(countUnits([[1, 1], [1, 1]]), 'nominal');
 * console.log(alpha.defined ? alpha.value : alpha.reason);
 */
export type Estimate<T = number> =
  | { readonly defined: true; readonly value: T }
  | { readonly defined: false; readonly reason: string };

export function known<T>(value: T): Estimate<T> {
  return { defined: true, value };
}

/** @param reason a clause that reads on after "undefined: ", for instance "no unit has two values". */
export function unknown(reason: string): { readonly defined: false; readonly reason: string } {
  return { defined: false, reason };
}
