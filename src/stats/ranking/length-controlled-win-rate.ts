import { mean, variance } from '../descriptive/moments.ts';
import { type Estimate, known, unknown } from '../estimate.ts';
import { fitLogistic } from '../regression/logistic-regression.ts';
import { sigmoid } from '../special/logistic.ts';

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
