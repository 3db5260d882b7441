import { variance } from '../../stats/descriptive/moments.ts';
import { type Estimate, known } from '../../stats/estimate.ts';
import { clusteredPpiMean } from '../../stats/ppi/clustered-ppi-mean.ts';
import { studentQuantile } from '../../stats/special/student-t.ts';
import { type Evidence, labelledClusters } from './evidence.ts';
import { bothSides, boundConstant, measureMean } from './measure-mean.ts';
import type { Measured } from './measured.ts';

/**
 * Labels on a part of the units correct the panel on all of them: PPI++, power-tuned, cluster-robust. A panel without a
 * mistake among few labels is not taken as perfect: the error counts one label more, to which its answer was unrelated,
 * which adds λ² · 2 sd² / (n + 1)² to the variance (the idea of Agresti & Coull 1998 for shares).
 */
export function measurePowered(evidence: Evidence, threshold: number, alpha: number): Estimate<Measured> {
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
    return boundConstant(evidence, labelsAlone.estimate, labelled, threshold, alpha);
  const spread = variance(
    labels.filter((label) => label !== null),
    1,
  );
  const standardError = Math.sqrt(
    powered.value.standardError ** 2 + (lambda ** 2 * 2 * spread) / (labelled + 1) ** 2,
  );
  const half = studentQuantile(1 - alpha, labelled - 1) * standardError;
  const alone = measureMean(evidence, threshold, alpha);
  return known({
    method: 'prediction_powered',
    improvement: estimate,
    interval: { low: estimate - half, high: estimate + half },
    standardError,
    ...bothSides(estimate, standardError, labelled - 1, threshold),
    labels: count,
    effectiveLabels: count * (labelsAlone.standardError / standardError) ** 2,
    ...(alone.defined && {
      panelAlone: { improvement: alone.value.improvement, interval: alone.value.interval },
    }),
  });
}
