import { type Estimate, known, unknown } from '../../stats/estimate.ts';
import { lengthControlledLogOdds } from '../../stats/ranking/length-controlled-error.ts';
import { logit, sigmoid } from '../../stats/special/logistic.ts';
import { studentQuantile } from '../../stats/special/student-t.ts';
import type { Effect, Evidence } from './hypothesis.ts';
import { bothSides, meanEffect } from './mean-effect.ts';

/** The win rate at equal length: tested and bounded on the log-odds scale, reported as a win rate. */
export function lengthControlledEffect(
  evidence: Evidence,
  threshold: number,
  alpha: number,
): Estimate<Effect> {
  const { lengthDifferences, values, clusters } = evidence;
  if (lengthDifferences === null) return unknown('the texts of the responses are not known');
  const fit = lengthControlledLogOdds(
    lengthDifferences,
    values.map((value) => value + 0.5),
    clusters,
  );
  if (!fit.defined) return fit;
  const { logOdds, standardError, clusters: count } = fit.value;
  const half = studentQuantile(1 - alpha, count - 1) * standardError;
  const rate = sigmoid(logOdds);
  const alone = meanEffect(evidence, threshold, alpha);
  return known({
    method: 'length_controlled',
    improvement: rate - 0.5,
    interval: { low: sigmoid(logOdds - half) - 0.5, high: sigmoid(logOdds + half) - 0.5 },
    standardError: rate * (1 - rate) * standardError,
    ...bothSides(logOdds, standardError, count - 1, logit(0.5 + threshold)),
    ...(alone.defined && {
      uncorrected: { improvement: alone.value.improvement, interval: alone.value.interval },
    }),
  });
}
