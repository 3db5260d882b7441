import { variance } from '../../stats/descriptive/moments.ts';
import { type Estimate, known, unknown } from '../../stats/estimate.ts';
import { boundedMean } from '../../stats/intervals/bounded-mean.ts';
import { testMargin } from '../../stats/testing/margin-test.ts';
import type { Effect, Evidence } from './hypothesis.ts';

/**
 * The uncorrected panel. The unit is the cluster: each counts with its mean, whatever its size, so that one large cluster
 * cannot decide alone (as in a sequential gate). Tested by `boundedMean`, which holds its error for few clusters, for
 * skewed differences and without any variance.
 * @param alpha one-sided error; the interval holds with 1 - 2 alpha
 */
export function meanEffect(evidence: Evidence, threshold: number, alpha: number): Estimate<Effect> {
  return boundedEffect(clusterMeans(evidence), evidence.range, threshold, alpha);
}

/** The effect that independent values show, one for each cluster. */
export function boundedEffect(
  values: readonly number[],
  range: Evidence['range'],
  threshold: number,
  alpha: number,
): Estimate<Effect> {
  if (threshold <= range[0] || threshold >= range[1])
    return unknown('the margin is as wide as the metric itself');
  const bounded = boundedMean(values, range);
  if (!bounded.defined) return bounded;
  return known({
    method: 'panel',
    improvement: bounded.value.mean,
    interval: bounded.value.interval(alpha),
    standardError: values.length > 1 ? Math.sqrt(variance(values, 1) / values.length) : null,
    pPass: bounded.value.above(threshold),
    pFail: bounded.value.below(threshold),
  });
}

/** In the order in which clusters first occur. */
export function clusterMeans({ values, clusters }: Pick<Evidence, 'values' | 'clusters'>): number[] {
  const sums = new Map<string, { sum: number; count: number }>();
  values.forEach((value, unit) => {
    const own = sums.get(clusters[unit]!) ?? { sum: 0, count: 0 };
    own.sum += value;
    own.count += 1;
    sums.set(clusters[unit]!, own);
  });
  return [...sums.values()].map(({ sum, count }) => sum / count);
}

/** p-values of a t-test on both sides of the threshold. */
export function bothSides(
  improvement: number,
  standardError: number,
  degrees: number,
  threshold: number,
): { readonly pPass: number; readonly pFail: number } {
  const distance = improvement - threshold;
  return {
    pPass: testMargin({ difference: distance, standardError, degrees }, 0).pValue,
    pFail: testMargin({ difference: -distance, standardError, degrees }, 0).pValue,
  };
}
