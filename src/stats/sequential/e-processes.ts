import { logBeta } from '../special/gamma.ts';

/**
 * Wealth of a fixed bet on the mean of values in [0, 1] being above `hypothesis`: K_n = Π (1 + λ (x - hypothesis))
 * (Waudby-Smith & Ramdas 2023). An e-process: under the null P(sup K >= 1/alpha) <= alpha (Ville 1939), so one may
 * stop and reject at any time. @param bet λ in [0, 1/hypothesis)
 * @example
 * bettingWealth([1, 1, 0], 0.5, 1); // [1.5, 2.25, 1.125]
 */
export function bettingWealth(values: ArrayLike<number>, hypothesis: number, bet: number): number[] {
  let wealth = 1;
  return Array.from(values, (value) => {
    wealth *= 1 + bet * (value - hypothesis);
    return wealth;
  });
}

/**
 * Beta(a, b) mixture likelihood ratio of wins against P(win) = hypothesis:
 * B(a + wins, b + losses) / B(a, b) / (p^wins (1-p)^losses). Two-sided, needs no bet.
 * @example
 * betaMixtureWealth([1, 1, 1, 0]); // [1, 1.333, 2, 0.8]
 */
export function betaMixtureWealth(
  wins: ArrayLike<number>,
  options: { readonly hypothesis?: number; readonly a?: number; readonly b?: number } = {},
): number[] {
  const { hypothesis = 0.5, a = 1, b = 1 } = options;
  let won = 0;
  return Array.from(wins, (win, index) => {
    won += win;
    const lost = index + 1 - won;
    const log =
      logBeta(a + won, b + lost) -
      logBeta(a, b) -
      won * Math.log(hypothesis) -
      lost * Math.log1p(-hypothesis);
    return Math.exp(log);
  });
}

/**
 * The test's evidence after each value.
 * @example
 * const { pValue }: MixtureSprt = mixtureSprt([1, 2], { hypothesis: 0, variance: 1, mixingVariance: 1 });
 */
export interface MixtureSprt {
  /** Likelihood ratio of the mixture against the null after each value. */
  readonly ratio: number[];
  /** Always-valid p-value after each value: valid at any stopping time. */
  readonly pValue: number[];
}

/**
 * Mixture sequential probability ratio test for a normal mean (Robbins 1970; Johari et al. 2022):
 * Λ_n = √(σ²/(σ² + nτ²)) · exp(n²τ²(x̄ - θ0)² / (2σ²(σ² + nτ²))), with prior N(θ0, τ²) on the mean;
 * p = running minimum of 1/Λ, at most 1.
 * @example
 * mixtureSprt([1, 2], { hypothesis: 0, variance: 1, mixingVariance: 1 });
 * // { ratio: [0.9079, 2.588], pValue: [1, 0.3865] }
 */
export function mixtureSprt(
  values: ArrayLike<number>,
  options: { readonly hypothesis: number; readonly variance: number; readonly mixingVariance: number },
): MixtureSprt {
  const { hypothesis, variance, mixingVariance } = options;
  const ratio: number[] = [];
  const pValue: number[] = [];
  let sum = 0;
  let lowest = 1;
  for (let index = 0; index < values.length; index += 1) {
    const n = index + 1;
    sum += values[index]! - hypothesis;
    const spread = variance + n * mixingVariance;
    ratio.push(
      Math.sqrt(variance / spread) * Math.exp((mixingVariance * sum ** 2) / (2 * variance * spread)),
    );
    lowest = Math.min(lowest, 1 / ratio[index]!);
    pValue.push(lowest);
  }
  return { ratio, pValue };
}
