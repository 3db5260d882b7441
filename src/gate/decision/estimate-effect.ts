import type { GateMetric } from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import { type Estimate, known, unknown } from '../../stats/estimate.ts';
import { lengthControlledLogOdds } from '../../stats/ranking/length-controlled-error.ts';
import { logit, sigmoid } from '../../stats/special/logistic.ts';
import { studentQuantile } from '../../stats/special/student-t.ts';
import { bettingEffect } from './betting-effect.ts';
import { errorCorrectedEffect } from './error-corrected-effect.ts';
import { clusterCount, type Effect, type Evidence, labelledClusters } from './hypothesis.ts';
import { bothSides, meanEffect } from './mean-effect.ts';
import { predictionPoweredEffect } from './prediction-powered-effect.ts';

/** `fixed`: one analysis at the end. `look`: an interim look of a sequential test. `last_look`: its last one, which also reports an interval. */
export type LookKind = 'fixed' | 'look' | 'last_look';

/** Estimates one hypothesis with the most precise method that its evidence allows. */
export function estimateEffect(
  metric: GateMetric,
  evidence: Evidence,
  threshold: number,
  { alpha, minItems, minLabels, judgeErrors }: GateSettings,
  look: LookKind,
): Estimate<Effect> {
  const clusters = clusterCount(evidence);
  if (evidence.values.length === 0) return unknown('no item has a vote on it');
  if (clusters === 1 && evidence.values.length > 1)
    return unknown(`all ${evidence.values.length} items are in one cluster, which counts as one`);
  if (clusters < minItems)
    return unknown(`${clusters} independent items are too few; at least ${minItems} are required`);
  if (look !== 'fixed')
    return metric === 'length_controlled_win_rate'
      ? unknown('length_controlled_win_rate has no anytime-valid test: use a fixed sample')
      : bettingEffect(evidence, threshold, alpha, { withInterval: look === 'last_look' });
  if (metric === 'length_controlled_win_rate') return lengthControlledEffect(evidence, threshold, alpha);
  if (labelledClusters(evidence) >= minLabels) return predictionPoweredEffect(evidence, threshold, alpha);
  if (judgeErrors !== null && metric === 'win_rate')
    return errorCorrectedEffect(evidence, judgeErrors, threshold, alpha);
  return meanEffect(evidence, threshold, alpha);
}

/** The win rate at equal length: tested and bounded on the log-odds scale, reported as a win rate. */
function lengthControlledEffect(evidence: Evidence, threshold: number, alpha: number): Estimate<Effect> {
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
