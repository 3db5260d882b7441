/**
 * What a hypothesis rests on: one value a unit (an item), in the order in which the items were drawn. Positive is better for the
 * candidate; 0 is no difference.
 */
export interface Evidence {
  readonly values: readonly number[];
  /** What people say of the unit, on the same scale; null without a label. */
  readonly labels: readonly (number | null)[];
  /** Units of one cluster are not independent. */
  readonly clusters: readonly string[];
  /** No value lies outside. */
  readonly range: readonly [low: number, high: number];
  /** Candidate's length less the baseline's, in characters; for win rates at equal length. */
  readonly lengthDifferences: readonly number[] | null;
}

export function clusterCount({ clusters }: Pick<Evidence, 'clusters'>): number {
  return new Set(clusters).size;
}

export function labelledClusters({ clusters, labels }: Pick<Evidence, 'clusters' | 'labels'>): number {
  return new Set(clusters.filter((_, unit) => labels[unit] !== null)).size;
}
