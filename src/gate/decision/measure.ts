import type { GateMetric } from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import { type Estimate, unknown } from '../../stats/estimate.ts';
import { clusterCount, type Evidence, labelledClusters } from './evidence.ts';
import { measureBetting } from './measure-betting.ts';
import { measureCorrected } from './measure-corrected.ts';
import { measureLengthControlled } from './measure-length-controlled.ts';
import { measureMean } from './measure-mean.ts';
import { measurePowered } from './measure-powered.ts';
import type { Measured } from './measured.ts';

/** `fixed`: one look at the end. `look`: one of many. `last_look`: the last of many, which also states an interval. */
export type LookKind = 'fixed' | 'look' | 'last_look';

/** Measures one hypothesis with the best that its evidence allows. */
export function measure(
  metric: GateMetric,
  evidence: Evidence,
  threshold: number,
  { alpha, minItems, minLabels, judgeErrors }: GateSettings,
  look: LookKind,
): Estimate<Measured> {
  const clusters = clusterCount(evidence);
  if (evidence.values.length === 0) return unknown('no item has an opinion on it');
  if (clusters === 1 && evidence.values.length > 1)
    return unknown(`all ${evidence.values.length} items are of one cluster, which counts as one`);
  if (clusters < minItems)
    return unknown(`${clusters} independent items are too few to decide on; at least ${minItems} are wanted`);
  if (look !== 'fixed')
    return metric === 'length_controlled_win_rate'
      ? unknown('win rates at equal length have no test that may be looked at again and again')
      : measureBetting(evidence, threshold, alpha, { withInterval: look === 'last_look' });
  if (metric === 'length_controlled_win_rate') return measureLengthControlled(evidence, threshold, alpha);
  if (labelledClusters(evidence) >= minLabels) return measurePowered(evidence, threshold, alpha);
  if (judgeErrors !== null && metric === 'win_rate')
    return measureCorrected(evidence, judgeErrors, threshold, alpha);
  return measureMean(evidence, threshold, alpha);
}
