import { type Estimate, known, unknown } from '../../stats/estimate.ts';
import { fitBradleyTerry } from '../../stats/ranking/bradley-terry.ts';
import { type PairRecord, pairRecords } from '../../stats/ranking/comparisons.ts';
import { fitDavidson } from '../../stats/ranking/davidson.ts';
import { fitRaoKupper } from '../../stats/ranking/rao-kupper.ts';
import { fitLogistic } from '../../stats/regression/logistic-regression.ts';
import type { Comparison } from './comparison.ts';

export const tieModels = ['half', 'davidson', 'rao-kupper'] as const;
/** `half`: a tie is half a win for each, and a probability its share of one. The others give ties a likelihood. */
export type TieModelName = (typeof tieModels)[number];

/** ln strength of each model, mean 0, in the order of `models`. */
export function fitStrengths(
  models: readonly string[],
  comparisons: readonly Comparison[],
  ties: TieModelName,
  weights?: ArrayLike<number>,
): Estimate<Float64Array> {
  const records = recordsOf(models, comparisons, ties, weights);
  const fit =
    ties === 'half'
      ? fitBradleyTerry(models.length, records)
      : ties === 'davidson'
        ? fitDavidson(models.length, records)
        : fitRaoKupper(models.length, records);
  return fit.defined ? known(fit.value.strength) : fit;
}

export function recordsOf(
  models: readonly string[],
  comparisons: readonly Comparison[],
  ties: TieModelName,
  weights?: ArrayLike<number>,
): PairRecord[] {
  const numbers = new Map(models.map((model, index) => [model, index]));
  return pairRecords(
    comparisons.flatMap((comparison, index) => {
      const weight = (weights?.[index] ?? 1) * comparison.weight;
      if (weight === 0) return [];
      const pair = { first: numbers.get(comparison.first)!, second: numbers.get(comparison.second)! };
      if (ties !== 'half') return [{ ...pair, score: comparison.result, weight }];
      const { score } = comparison;
      return [
        ...(score > 0 ? [{ ...pair, score: 1, weight: weight * score }] : []),
        ...(score < 1 ? [{ ...pair, score: 0, weight: weight * (1 - score) }] : []),
      ];
    }),
  );
}

/** Surface features of a comparison, as covariates. */
export type Surface = (comparison: Comparison) => readonly number[] | null;
export const byLength: Surface = ({ length }) => (length === null ? null : [length]);
export const byStyle: Surface = ({ length, marks }) =>
  length === null || marks === null ? null : [length, marks];

/**
 * Bradley-Terry strengths with the surface of the responses as covariates, each tanh(Δ / sd) as in the
 * length-controlled win rate (Dubois et al. 2024; style covariates: Li et al. 2024, Arena-Hard). A ridge of 0.01 on
 * strengths holds their mean. Undefined where a text is missing or nothing differs in it.
 */
export function fitControlledStrengths(
  models: readonly string[],
  comparisons: readonly Comparison[],
  surface: Surface,
): Estimate<Float64Array> {
  const surfaces = comparisons.map(surface);
  if (surfaces.some((values) => values === null)) return unknown('the items carry no texts');
  const weights = comparisons.map(({ weight }) => weight);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const width = surfaces[0]?.length ?? 0;
  const spreads = Array.from({ length: width }, (_, at) =>
    Math.sqrt(surfaces.reduce((sum, values, index) => sum + weights[index]! * values![at]! ** 2, 0) / total),
  );
  if (!spreads.some((spread) => spread > 0)) return unknown('all responses are alike in it');
  const numbers = new Map(models.map((model, index) => [model, index]));
  const rows = comparisons.map((comparison, index) => {
    const row = new Float64Array(models.length + width);
    row[numbers.get(comparison.first)!] = 1;
    row[numbers.get(comparison.second)!] = -1;
    spreads.forEach((spread, at) => {
      row[models.length + at] = spread > 0 ? Math.tanh(surfaces[index]![at]! / spread) : 0;
    });
    return row;
  });
  const fit = fitLogistic(
    rows,
    comparisons.map(({ score }) => score),
    { penalty: 0.01, weights },
  );
  return known(fit.coefficients.slice(0, models.length));
}
