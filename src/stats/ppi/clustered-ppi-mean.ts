import { type Estimate, type Interval, known, unknown } from '../estimate.ts';
import { studentQuantile } from '../special/student-t.ts';

/**
 * One unit: the judge's prediction, and the label where there is one.
 * @example
 * const unlabelled: PpiUnit = { prediction: 0.8, label: null, cluster: 'prompt-1' };
 */
export interface PpiUnit {
  readonly prediction: number;
  readonly label: number | null;
  /** Units of one cluster are not independent; labelled and unlabelled units may share one. */
  readonly cluster: string | number;
}

/**
 * A mean and its error in the unit of the labels, from all units and from the labels alone.
 * @example
 * const units = [1, 0, 1, 1].map((label, unit) => ({ prediction: label, label, cluster: unit }));
 * const fit: Estimate<ClusteredPpiMean> = clusteredPpiMean(units);
 */
export interface ClusteredPpiMean {
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** Weight of the predictions, in [0, 1]. */
  readonly lambda: number;
  /** Labels that alone would give the same standard error: n · (error of labels alone / this error)². */
  readonly effectiveLabels: number;
  /** From the labels alone, with the same clusters and quantile. */
  readonly labelsAlone: {
    readonly estimate: number;
    readonly standardError: number;
    readonly interval: Interval;
  };
  readonly labels: number;
  readonly clusters: number;
}

/**
 * Prediction-powered mean over clusters (PPI++, Angelopoulos, Duchi & Zrnic 2023, with the sandwich variance of Liang &
 * Zeger 1986). θ = mean(Y) + λ (mean f over all units - mean f over the labelled): all units, labelled or not, carry the
 * judge's mean. λ minimises the clustered variance, kept in [0, 1].
 *
 * Every cluster's influence is a_c + λ b_c, with a_c = Σ_labelled (Y - mean Y)/n and
 * b_c = Σ_all (f - mean f)/N - Σ_labelled (f - mean f_labelled)/n; λ* = -Σab / Σb²; variance = G/(G-1) Σ(a + λb)².
 * The interval uses Student's t with (labelled clusters - 1) degrees of freedom. Undefined for fewer than two labelled clusters.
 * @example
 * const labels = [1, 0, 1, 1, null, null, null, null];
 * const units = [1, 0, 1, 0, 1, 1, 0, 1].map((prediction, unit) => ({ prediction, label: labels[unit] ?? null, cluster: unit }));
 * clusteredPpiMean(units);
 * // { estimate: 0.8167, standardError: 0.2267, interval: { low: 0.2832, high: 1.35 }, lambda: 0.5333, …
 */
export function clusteredPpiMean(units: readonly PpiUnit[], alpha = 0.1): Estimate<ClusteredPpiMean> {
  const labelled = units.filter((unit) => unit.label !== null);
  const labelledClusters = new Set(labelled.map(({ cluster }) => cluster)).size;
  if (labelledClusters < 2) return unknown('labels in fewer than two clusters');
  const n = labelled.length;
  const meanLabel = labelled.reduce((sum, { label }) => sum + label!, 0) / n;
  const meanLabelled = labelled.reduce((sum, { prediction }) => sum + prediction, 0) / n;
  const meanAll = units.reduce((sum, { prediction }) => sum + prediction, 0) / units.length;

  const influence = new Map<string | number, { a: number; b: number }>();
  for (const { prediction, label, cluster } of units) {
    let sums = influence.get(cluster);
    if (sums === undefined) {
      sums = { a: 0, b: 0 };
      influence.set(cluster, sums);
    }
    sums.b += (prediction - meanAll) / units.length;
    if (label === null) continue;
    sums.a += (label - meanLabel) / n;
    sums.b -= (prediction - meanLabelled) / n;
  }
  let aa = 0;
  let ab = 0;
  let bb = 0;
  for (const { a, b } of influence.values()) {
    aa += a * a;
    ab += a * b;
    bb += b * b;
  }
  const lambda = bb === 0 ? 0 : Math.min(1, Math.max(0, -ab / bb));
  // the clusters with labels limit what is known of the spread
  const correction = labelledClusters / (labelledClusters - 1);
  const errorOf = (weight: number) =>
    Math.sqrt(correction * Math.max(0, aa + 2 * weight * ab + weight * weight * bb));
  const t = studentQuantile(1 - alpha / 2, labelledClusters - 1);
  const around = (estimate: number, standardError: number) => ({
    estimate,
    standardError,
    interval: { low: estimate - t * standardError, high: estimate + t * standardError },
  });
  const labelsAlone = around(meanLabel, errorOf(0));
  const powered = around(meanLabel + lambda * (meanAll - meanLabelled), errorOf(lambda));
  return known({
    ...powered,
    lambda,
    effectiveLabels:
      powered.standardError === 0 ? n : n * (labelsAlone.standardError / powered.standardError) ** 2,
    labelsAlone,
    labels: n,
    clusters: influence.size,
  });
}
