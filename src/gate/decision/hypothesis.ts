import type { GateMethod, GateMetric, GateTest } from '../../domain/gate.ts';
import type { Interval } from '../../stats/estimate.ts';

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
  /** The data of the test, or the reason why there are none. */
  readonly evidence: Evidence | { readonly missing: string };
}

/** The value that the improvement must exceed. */
export function thresholdOf({ test, margin }: Pick<Hypothesis, 'test' | 'margin'>): number {
  return test === 'superiority' ? margin : -margin;
}

/** The data of a hypothesis: one value per unit (an item), in the order in which the items were drawn. Positive values favour
 * the candidate; 0 is no difference.
 */
export interface Evidence {
  readonly values: readonly number[];
  /** Human labels on the same scale; null for a unit without a label. */
  readonly labels: readonly (number | null)[];
  /** Units of one cluster are not independent. */
  readonly clusters: readonly string[];
  /** Bounds of the values. */
  readonly range: readonly [low: number, high: number];
  /** Candidate length minus baseline length, in characters; for length-controlled win rates. */
  readonly lengthDifferences: readonly number[] | null;
}

/** Number of independent units. */
export function clusterCount({ clusters }: Pick<Evidence, 'clusters'>): number {
  return new Set(clusters).size;
}

/** Number of clusters with at least one label. */
export function labelledClusters({ clusters, labels }: Pick<Evidence, 'clusters' | 'labels'>): number {
  return new Set(clusters.filter((_, unit) => labels[unit] !== null)).size;
}

/** The estimated improvement of one hypothesis with its two one-sided tests, before correction for multiple testing. */
export interface Effect {
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
  readonly uncorrected?: { readonly improvement: number; readonly interval: Interval };
}
