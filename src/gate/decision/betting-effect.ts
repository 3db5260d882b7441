import { type Estimate, known, unknown } from '../../stats/estimate.ts';
import { clusteredMean } from '../../stats/intervals/cluster-standard-error.ts';
import { BettingTest, confidenceSequence } from '../../stats/sequential/betting-test.ts';
import type { Effect, Evidence } from './hypothesis.ts';
import { clusterMeans } from './mean-effect.ts';

/** Anytime-valid: two betting tests (Waudby-Smith & Ramdas 2023), one on each side of the threshold, on the cluster means in
 * the order drawn. Every cluster has the same weight, however many items it has.
 * @param withInterval whether to compute the confidence sequence, which costs more than the test and is needed at the last look only
 */
export function bettingEffect(
  evidence: Evidence,
  threshold: number,
  alpha: number,
  { withInterval }: { readonly withInterval: boolean },
): Estimate<Effect> {
  const {
    range: [low, high],
    clusters,
  } = evidence;
  if (threshold <= low || threshold >= high) return unknown('the margin is as wide as the metric itself');
  const means = clusterMeans(evidence);
  if (means.length === 0) return unknown('no values');
  const share = (value: number) => Math.min(1, Math.max(0, (value - low) / (high - low)));
  const better = new BettingTest(share(threshold), alpha);
  const worse = new BettingTest(1 - share(threshold), alpha);
  const shares = means.map(share);
  for (const value of shares) {
    better.add(value);
    worse.add(1 - value);
  }
  const improvement = means.reduce((sum, value) => sum + value, 0) / means.length;
  const spread = clusteredMean(evidence.values, clusters);
  const last = withInterval ? confidenceSequence(shares, 2 * alpha).at(-1)! : { low: 0, high: 1 };
  return known({
    method: 'betting',
    improvement,
    interval: { low: low + last.low * (high - low), high: low + last.high * (high - low) },
    standardError: spread.defined ? spread.value.cr1Error : null,
    pPass: better.pValue,
    pFail: worse.pValue,
  });
}
