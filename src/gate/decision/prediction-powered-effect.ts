import { variance } from '../../stats/descriptive/moments.ts';
import { type Estimate, known } from '../../stats/estimate.ts';
import { clusteredPpiMean } from '../../stats/ppi/clustered-ppi-mean.ts';
import { studentQuantile } from '../../stats/special/student-t.ts';
import type { Effect } from './hypothesis.ts';
import { type Evidence, labelledClusters } from './hypothesis.ts';
import { bothSides, boundedEffect, meanEffect } from './mean-effect.ts';

/** Labels on a part of the units correct the panel on all of them: PPI++, power-tuned, cluster-robust. A panel without an
 * error among few labels is not assumed perfect: one pseudo-label that is independent of the panel adds
 * λ² · 2 sd² / (n + 1)² to the variance (after Agresti & Coull 1998 for proportions).
 */
export function predictionPoweredEffect(
  evidence: Evidence,
  threshold: number,
  alpha: number,
): Estimate<Effect> {
  const { values, labels, clusters } = evidence;
  const units = values.map((prediction, unit) => ({
    prediction,
    label: labels[unit]!,
    cluster: clusters[unit]!,
  }));
  const powered = clusteredPpiMean(units, 2 * alpha);
  if (!powered.defined) return powered;
  const { estimate, lambda, labels: count, labelsAlone } = powered.value;
  const labelled = labelledClusters(evidence);
  if (labelsAlone.standardError < 1e-12)
    return boundedEffect(Array(labelled).fill(labelsAlone.estimate), evidence.range, threshold, alpha);
  const spread = variance(
    labels.filter((label) => label !== null),
    1,
  );
  const standardError = Math.sqrt(
    powered.value.standardError ** 2 + (lambda ** 2 * 2 * spread) / (labelled + 1) ** 2,
  );
  const half = studentQuantile(1 - alpha, labelled - 1) * standardError;
  const alone = meanEffect(evidence, threshold, alpha);
  return known({
    method: 'prediction_powered',
    improvement: estimate,
    interval: { low: estimate - half, high: estimate + half },
    standardError,
    ...bothSides(estimate, standardError, labelled - 1, threshold),
    labels: count,
    effectiveLabels: count * (labelsAlone.standardError / standardError) ** 2,
    ...(alone.defined && {
      uncorrected: { improvement: alone.value.improvement, interval: alone.value.interval },
    }),
  });
}
