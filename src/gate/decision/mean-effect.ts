import { type Estimate, known, unknown } from '../../stats/estimate.ts';
import { clusteredMean } from '../../stats/intervals/cluster-standard-error.ts';
import { studentQuantile } from '../../stats/special/student-t.ts';
import { testMargin } from '../../stats/testing/margin-test.ts';
import type { Effect, Evidence } from './hypothesis.ts';

/**
 * The uncorrected panel: mean with a cluster-robust standard error and Student's t with (clusters - 1) degrees of freedom.
 * If all clusters have the same mean there is no variance, and `constantEffect` applies.
 * @param alpha one-sided error; the interval holds with 1 - 2 alpha
 */
export function meanEffect(evidence: Evidence, threshold: number, alpha: number): Estimate<Effect> {
  const mean = clusteredMean(evidence.values, evidence.clusters);
  if (!mean.defined) return mean;
  const { mean: improvement, cr1Error: standardError, clusters } = mean.value;
  if (standardError < 1e-12) return constantEffect(evidence, improvement, clusters, threshold, alpha);
  const half = studentQuantile(1 - alpha, clusters - 1) * standardError;
  return known({
    method: 'panel',
    improvement,
    interval: { low: improvement - half, high: improvement + half },
    standardError,
    ...bothSides(improvement, standardError, clusters - 1, threshold),
  });
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

/**
 * Every cluster's mean is v. Were the true mean at most t < v, a cluster could be v with probability q = (t - low)/(v - low)
 * at most (Markov), and all of them with q^clusters: an exact p-value that needs no variance. The upper side is symmetric.
 */
export function constantEffect(
  { range: [low, high] }: Evidence,
  value: number,
  clusters: number,
  threshold: number,
  alpha: number,
): Estimate<Effect> {
  if (threshold <= low || threshold >= high) return unknown('the margin is as wide as the metric itself');
  const share = alpha ** (1 / clusters);
  return known({
    method: 'panel',
    improvement: value,
    interval: { low: low + share * (value - low), high: high - share * (high - value) },
    standardError: 0,
    pPass: value > threshold ? ((threshold - low) / (value - low)) ** clusters : 1,
    pFail: value < threshold ? ((high - threshold) / (high - value)) ** clusters : 1,
  });
}
