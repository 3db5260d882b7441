import { mean, variance } from '../descriptive/moments.ts';
import { type Estimate, known, unknown } from '../estimate.ts';
import { solveCholesky } from '../regression/cholesky.ts';
import { fitLogistic } from '../regression/logistic-regression.ts';
import { sigmoid } from '../special/logistic.ts';

/**
 * A win rate at equal length, on the logit scale.
 * @example
 * const fit: Estimate<LengthControlledLogOdds> = lengthControlledLogOdds([9, -5, 4, -8], [1, 1, 0, 0], ['a', 'b', 'c', 'd']);
 */
export interface LengthControlledLogOdds {
  /** Log odds of a win at equal length. */
  readonly logOdds: number;
  /** Its standard error, robust to clusters. */
  readonly standardError: number;
  readonly clusters: number;
}

/**
 * The length-controlled win rate on the log-odds scale with its error: the fit of `lengthControlledWinRate`, and for its
 * intercept the cluster sandwich A⁻¹ (Σ_g s_g s_gᵀ) A⁻¹ · G/(G-1), s_g the summed scores x (y - p) of a cluster
 * (Liang & Zeger 1986). The scaling of lengths counts as fixed.
 * Undefined for fewer than three clusters, equal lengths, and where length alone separates wins from losses.
 * @example
 * lengthControlledLogOdds([9, -5, 4, -8, 6], [1, 1, 0, 0, 1], ['a', 'b', 'c', 'd', 'e']);
 * // { logOdds: 0.319, standardError: 1.092, clusters: 5 }
 */
export function lengthControlledLogOdds(
  lengthDifference: readonly number[],
  preference: readonly number[],
  cluster: readonly (string | number)[],
): Estimate<LengthControlledLogOdds> {
  const clusters = new Set(cluster).size;
  if (clusters < 3) return unknown('fewer than three clusters');
  const spread = Math.sqrt(variance(lengthDifference, 1));
  if (!(spread > 0)) return unknown('all length differences are equal');
  const rows = lengthDifference.map((difference) => [1, Math.tanh(difference / spread)]);
  const fit = fitLogistic(rows, preference);
  if (!fit.converged) return unknown('length alone separates wins from losses');
  const [intercept = 0, effect = 0] = fit.coefficients;
  // the row of A⁻¹ that belongs to the intercept turns a score into its influence
  const weight = solveCholesky(fit.informationFactor, [1, 0]);
  const influence = new Map<string | number, number>();
  rows.forEach(([one, length], row) => {
    const residual = preference[row]! - sigmoid(intercept + effect * length!);
    const own = (weight[0]! * one! + weight[1]! * length!) * residual;
    influence.set(cluster[row]!, (influence.get(cluster[row]!) ?? 0) + own);
  });
  let sum = 0;
  for (const own of influence.values()) sum += own * own;
  return known({
    logOdds: intercept,
    standardError: Math.sqrt((sum * clusters) / (clusters - 1)),
    clusters,
  });
}

/**
 * A win rate before and after control for length.
 * @example
 * const fit: Estimate<LengthControlledWinRate> = lengthControlledWinRate([9, -5, 4, -8], [1, 1, 0, 0]);
 */
export interface LengthControlledWinRate {
  /** Share of wins, ties half, in [0, 1]. */
  readonly raw: number;
  /** The same, predicted at equal length. */
  readonly controlled: number;
  /** Log odds that one standard deviation of length buys (through tanh). */
  readonly lengthEffect: number;
  readonly intercept: number;
}

/**
 * Length-controlled win rate (Dubois et al. 2024): logit E[preference] = b1 tanh(Δlength / sd) + b0, fitted without
 * penalty, read off at Δlength = 0. Without instruction difficulty and without AlpacaEval's L1 cross-validation.
 * @param lengthDifference model minus baseline, one per comparison
 * @param preference for the model, in [0, 1]
 * Undefined for fewer than three comparisons and where lengths do not differ.
 * @example
 * lengthControlledWinRate([9, -5, 4, -8, 6], [1, 1, 0, 0, 1]);
 * // { raw: 0.6, controlled: 0.5791, lengthEffect: 1.013, intercept: 0.319 }
 */
export function lengthControlledWinRate(
  lengthDifference: readonly number[],
  preference: readonly number[],
): Estimate<LengthControlledWinRate> {
  if (preference.length < 3) return unknown('fewer than three comparisons');
  const spread = Math.sqrt(variance(lengthDifference, 1));
  if (!(spread > 0)) return unknown('all length differences are equal');
  const rows = lengthDifference.map((difference) => [1, Math.tanh(difference / spread)]);
  const fit = fitLogistic(rows, preference);
  if (!fit.converged) return unknown('length alone separates wins from losses');
  const [intercept = 0, lengthEffect = 0] = fit.coefficients;
  return known({ raw: mean(preference), controlled: sigmoid(intercept), lengthEffect, intercept });
}
