import { logBeta } from '../special/gamma.ts';

/**
 * Distribution of a share between users: Beta(a, b).
 * @example
 * const uniform: BetaShape = { a: 1, b: 1 };
 */
export interface BetaShape {
  readonly a: number;
  readonly b: number;
}

/**
 * Beta by its mean and its concentration a + b, its weight in trials.
 * @example
 * betaShape(0.1, 20); // { a: 2, b: 18 }
 */
export function betaShape(mean: number, concentration: number): BetaShape {
  return { a: mean * concentration, b: (1 - mean) * concentration };
}

/**
 * ln of the Bayes factor for k successes of n: Beta-binomial under `alternative` against Beta-binomial under `base`.
 * ln BF = ln B(k+a₁, n-k+b₁)/B(a₁, b₁) - ln B(k+a₀, n-k+b₀)/B(a₀, b₀). 0 where n is 0.
 * Under the base its exponential is an e-value: its mean is 1 (Grünwald, de Heide & Koolen 2024).
 * @example
 * logBetaBinomialFactor(8, 10, { a: 8, b: 2 }, { a: 2, b: 8 }); // 4.087
 */
export function logBetaBinomialFactor(k: number, n: number, alternative: BetaShape, base: BetaShape): number {
  if (n === 0) return 0;
  return logMarginal(k, n, alternative) - logMarginal(k, n, base);
}

function logMarginal(k: number, n: number, { a, b }: BetaShape): number {
  return logBeta(k + a, n - k + b) - logBeta(a, b);
}

/**
 * What keeps a fit to few users in bounds.
 * @example
 * const limits: BetaFitLimits = { prior: { a: 1, b: 9 }, priorWeight: 2, maxMean: 0.5, maxConcentration: 100 };
 */
export interface BetaFitLimits {
  /** The prior, and its weight in users. */
  readonly prior: BetaShape;
  readonly priorWeight: number;
  readonly maxMean: number;
  readonly maxConcentration: number;
}

/**
 * The Beta of shares between users, from counts k[i] of n[i], by unbiased moments: E[p] from k/n and E[p²] from
 * k(k-1)/(n(n-1)); each user with at least two trials counts `weight[i]`. Concentration = m(1-m)/var - 1.
 * @example
 * const limits = { prior: { a: 1, b: 9 }, priorWeight: 2, maxMean: 0.5, maxConcentration: 100 };
 * fitBetaShares([1, 0, 4], [10, 8, 12], [1, 1, 1], limits); // { a: 1.353, b: 9.394 }
 */
export function fitBetaShares(
  k: ArrayLike<number>,
  n: ArrayLike<number>,
  weight: ArrayLike<number>,
  limits: BetaFitLimits,
): BetaShape {
  const { prior, priorWeight } = limits;
  const total = prior.a + prior.b;
  const priorMean = prior.a / total;
  let sum = priorWeight;
  let first = priorWeight * priorMean;
  let second = (priorWeight * priorMean * (prior.a + 1)) / (total + 1);
  for (let user = 0; user < n.length; user += 1) {
    const trials = n[user]!;
    if (trials < 2) continue;
    const hits = k[user]!;
    // a share of few trials is less informative
    const share = (weight[user]! * trials) / (trials + 5);
    sum += share;
    first += (share * hits) / trials;
    second += (share * hits * (hits - 1)) / (trials * (trials - 1));
  }
  const mean = Math.min(limits.maxMean, Math.max(0.002, first / sum));
  const variance = Math.max(1e-9, second / sum - (first / sum) ** 2);
  const concentration = (mean * (1 - mean)) / variance - 1;
  return betaShape(mean, Math.min(limits.maxConcentration, Math.max(1, concentration)));
}
