import { fitLogistic } from '../regression/logistic-regression.ts';
import { sigmoid } from '../special/logistic.ts';
import { checkScored } from './proper-scores.ts';

/**
 * logit = a · ln s - b · ln(1 - s) + c, for a score s in (0, 1).
 * @example
 * const identity: BetaCalibration = { a: 1, b: 1, c: 0 };
 */
export interface BetaCalibration {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * Beta calibration (Kull, Silva Filho & Flach 2017). By default a, b >= 0, which keeps the map monotone: a negative
 * one is set to 0 and the rest refitted. Scores of 0 and 1 are clipped to [1e-12, 1 - 1e-12].
 * @example
 * fitBeta([0.2, 0.4, 0.6, 0.8, 0.9], [0, 1, 0, 1, 1]); // { a: 0.3253, b: 2.124, c: -1.373 }
 */
export function fitBeta(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  options: { readonly monotone?: boolean } = {},
): BetaCalibration {
  checkScored(scores, outcomes);
  if (scores.length === 0) return { a: 1, b: 1, c: 0 };
  const rows = Array.from(scores, (score) => [1, ...features(score)]);
  const fitColumns = (columns: readonly number[]): number[] => {
    const kept = rows.map((row) => columns.map((column) => row[column]!));
    const { coefficients } = fitLogistic(kept, outcomes);
    const all = [0, 0, 0];
    columns.forEach((column, k) => {
      all[column] = coefficients[k]!;
    });
    return all;
  };
  let [c = 0, a = 0, b = 0] = fitColumns([0, 1, 2]);
  if (options.monotone !== false && (a < 0 || b < 0)) {
    [c = 0, a = 0, b = 0] = fitColumns(a < 0 ? [0, 2] : [0, 1]);
    if (a < 0 || b < 0) [c = 0, a = 0, b = 0] = fitColumns([0]);
  }
  return { a, b, c };
}

/**
 * The calibrated probability of a score in (0, 1), under a fit of `fitBeta` (Kull, Silva Filho & Flach 2017).
 * @example
 * applyBeta({ a: 1, b: 1, c: 0 }, 0.3); // 0.3
 */
export function applyBeta({ a, b, c }: BetaCalibration, score: number): number {
  const [logarithm, complement] = features(score);
  return sigmoid(a * logarithm + b * complement + c);
}

function features(score: number): [number, number] {
  const inside = Math.min(1 - 1e-12, Math.max(1e-12, score));
  return [Math.log(inside), -Math.log1p(-inside)];
}
