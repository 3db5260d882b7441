import { fleissKappa } from '../../stats/agreement/fleiss-kappa.ts';
import { gwetAgreement } from '../../stats/agreement/gwet-ac.ts';
import { krippendorffAlpha, type MeasurementLevel } from '../../stats/agreement/krippendorff-alpha.ts';
import { percentAgreement } from '../../stats/agreement/percent-agreement.ts';
import { layersOfUnit } from '../../stats/agreement/rating-layers.ts';
import { countUnits, type UnitCounts } from '../../stats/agreement/unit-counts.ts';
import { type Estimate, known, unknown } from '../../stats/estimate.ts';
import type { GroupAgreement } from './agreement-report.ts';
import { measureEffectiveRaters } from './effective-panel.ts';
import type { IntervalEstimate, Resampling } from './resampling.ts';

/** A table rater x unit of the values of one group of raters, and where each unit belongs. */
export interface RatingTable {
  readonly group: GroupAgreement['group'];
  readonly on: GroupAgreement['on'];
  readonly raters: readonly string[];
  /** Per rater its value of every unit, null where it has none. */
  readonly columns: readonly (readonly (number | null)[])[];
  /** Per rater the weight of each of these values, in (0, 1]. */
  readonly weights: readonly (readonly number[])[];
  /** Cluster of every unit. */
  readonly clusters: readonly string[];
  /** The true value of every unit, null where unknown. */
  readonly truth: readonly (number | null)[];
  readonly truthWeights: readonly number[];
}

/** From this many labelled units on, dependence is estimated from errors, which show it better than opinions. */
const minLabels = 20;

export function measureGroupAgreement(table: RatingTable, resampling: Resampling): GroupAgreement {
  const groups = table.clusters.map((cluster) => resampling.groupOf(cluster));
  // a rating of weight w covers the share w of its unit: full weights make one layer, the whole unit
  const layers = groups.flatMap((group, unit) =>
    layersOfUnit(
      table.columns.map((column) => column[unit] ?? null),
      table.weights.map((column) => column[unit]!),
    ).map((layer, depth) => ({ ...layer, group, isWhole: depth === 0 })),
  );
  const all = countUnits(
    layers.map(({ ratings }) => ratings),
    table.on === 'pairs' ? [-1, 0, 1] : [],
  );
  const paired = all.units.filter(({ total }, index) => layers[index]!.isWhole && total >= 2).length;
  const complete = layers.filter(({ ratings }) => ratings.every((value) => value !== null));
  const completeCounts = countUnits(complete.map(({ ratings }) => ratings));

  const measure = (n: number, statistic: (weights: Float64Array) => Estimate, units = layers) => {
    const weights = new Float64Array(units.length);
    return resampling.measure(n, (groupWeights) => {
      for (let unit = 0; unit < units.length; unit += 1)
        weights[unit] = groupWeights[units[unit]!.group]! * units[unit]!.share;
      return statistic(weights);
    });
  };
  const alpha = (level: MeasurementLevel): IntervalEstimate => {
    const refusal = level === 'ratio' ? whyNoRatio(all) : null;
    return measure(paired, (weights) => refusal ?? krippendorffAlpha(all, level, weights));
  };
  const percent = measure(paired, (weights) => percentAgreement(all, weights));
  const labelled = table.truth.filter((value) => value !== null).length;
  // human errors against the human majority are dependent by construction
  const fromErrors = table.group === 'judges' && labelled >= minLabels;
  const dependence = fromErrors
    ? table.columns.map((column) => correctness(column, table.truth))
    : table.columns;
  const dependenceWeights = fromErrors
    ? table.weights.map((column) => column.map((weight, unit) => Math.min(weight, table.truthWeights[unit]!)))
    : table.weights;

  return {
    group: table.group,
    on: table.on,
    raters: table.raters.length,
    units: paired,
    alpha_nominal: alpha('nominal'),
    alpha_ordinal: alpha('ordinal'),
    alpha_interval: alpha('interval'),
    alpha_ratio: alpha('ratio'),
    fleiss_kappa: measure(
      complete.length,
      (weights) => {
        const fleiss = fleissKappa(completeCounts, weights);
        return fleiss.defined ? known(fleiss.value.kappa) : fleiss;
      },
      complete,
    ),
    gwet_ac1: measure(paired, (weights) => coefficient(all, 'identity', weights)),
    gwet_ac2: measure(paired, (weights) => coefficient(all, 'quadratic', weights)),
    percent_agreement: percent,
    eighty_percent_rule: ruleOf(percent),
    effective_raters: measureEffectiveRaters(
      dependence,
      dependenceWeights,
      groups,
      fromErrors ? labelled : paired,
      resampling,
    ),
    effective_raters_from: fromErrors ? 'errors' : 'opinions',
  };
}

function coefficient(counts: UnitCounts, scheme: 'identity' | 'quadratic', weights: Float64Array): Estimate {
  const gwet = gwetAgreement(counts, scheme, weights);
  return gwet.defined ? known(gwet.value.coefficient) : gwet;
}

function whyNoRatio(counts: UnitCounts): Estimate | null {
  return counts.values.some((value) => value < 0) ? unknown('values below zero are on no ratio scale') : null;
}

function correctness(
  column: readonly (number | null)[],
  truth: readonly (number | null)[],
): (number | null)[] {
  return column.map((value, unit) => {
    const expected = truth[unit] ?? null;
    return value === null || expected === null ? null : value === expected ? 1 : 0;
  });
}

function ruleOf({ value, low, high }: IntervalEstimate): GroupAgreement['eighty_percent_rule'] {
  if (value === null) return 'undefined';
  if (low === null || high === null) return 'unsure';
  return low >= 0.8 ? 'met' : high < 0.8 ? 'not_met' : 'unsure';
}
