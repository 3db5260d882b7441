import type { GateMetric } from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import { type Estimate, unknown } from '../../stats/estimate.ts';
import { bettingEffect } from './betting-effect.ts';
import { errorCorrectedEffect } from './error-corrected-effect.ts';
import type { Effect } from './hypothesis.ts';
import { clusterCount, type Evidence, labelledClusters } from './hypothesis.ts';
import { lengthControlledEffect } from './length-controlled-effect.ts';
import { meanEffect } from './mean-effect.ts';
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
