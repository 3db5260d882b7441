import type { GateJudgeErrors } from '../../domain/gate-settings.ts';
import { type Estimate, type Interval, known } from '../../stats/estimate.ts';
import { clusteredMean } from '../../stats/intervals/cluster-standard-error.ts';
import { correctJudgeErrors } from '../../stats/ppi/judge-error-correction.ts';
import type { Effect, Evidence } from './hypothesis.ts';
import { meanEffect } from './mean-effect.ts';

/**
 * A win rate corrected for the panel's known errors (Rogan & Gladen 1978). Each unit counts for the
 * side that the panel prefers, half for each in a tie. Clusters enter through their design effect: the number of independent
 * units with the same standard error (Rao & Scott 1992). A p-value is the smallest error rate whose interval excludes the
 * threshold.
 */
export function errorCorrectedEffect(
  evidence: Evidence,
  errors: GateJudgeErrors,
  threshold: number,
  alpha: number,
): Estimate<Effect> {
  const wins = evidence.values.map((value) => (value > 0 ? 1 : value < 0 ? 0 : 0.5));
  const mean = clusteredMean(wins, evidence.clusters);
  if (!mean.defined) return mean;
  const { mean: share, cr1Error, clusters } = mean.value;
  const spread = share * (1 - share);
  const judged = cr1Error === 0 || spread === 0 ? clusters : Math.min(wins.length, spread / cr1Error ** 2);
  const corrected = correctJudgeErrors(share * judged, judged, errors, 2 * alpha);
  if (!corrected.defined) return corrected;
  const { estimate, standardError, interval, sensitivity, specificity } = corrected.value;
  const intervalAt = (unpairedScores: number): Interval | null => {
    const at = correctJudgeErrors(share * judged, judged, errors, 2 * unpairedScores);
    return at.defined ? at.value.interval : null;
  };
  const truth = 0.5 + threshold;
  const alone = meanEffect(evidence, threshold, alpha);
  return known({
    method: 'error_corrected',
    improvement: estimate - 0.5,
    interval: { low: interval.low - 0.5, high: interval.high - 0.5 },
    standardError,
    pPass: estimate > truth ? smallestError((error) => (intervalAt(error)?.low ?? 0) > truth) : 1,
    pFail: estimate < truth ? smallestError((error) => (intervalAt(error)?.high ?? 1) < truth) : 1,
    sensitivity,
    specificity,
    ...(alone.defined && {
      uncorrected: { improvement: alone.value.improvement, interval: alone.value.interval },
    }),
  });
}

/** Bisection, rounded up: the interval widens as the error rate falls. */
function smallestError(excludes: (error: number) => boolean): number {
  let no = 1e-9;
  let yes = 0.5;
  if (!excludes(yes - 1e-6)) return 1;
  for (let step = 0; step < 40; step += 1) {
    const middle = Math.sqrt(no * yes);
    if (excludes(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
