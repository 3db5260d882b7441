import { logBeta } from '../special/gamma.ts';

/** Distribution of a share between users: Beta(a, b). */
export interface BetaShape {
  readonly a: number;
  readonly b: number;
}

/** Beta by its mean and its concentration a + b, its weight in trials. */
export function betaShape(mean: number, concentration: number): BetaShape {
  return { a: mean * concentration, b: (1 - mean) * concentration };
}

/**
 * ln of the Bayes factor for k successes of n: Beta-binomial under `alternative` against Beta-binomial under `base`.
 * ln BF = ln B(k+a₁, n-k+b₁)/B(a₁, b₁) - ln B(k+a₀, n-k+b₀)/B(a₀, b₀). 0 where n is 0.
 * Under the base its exponential is an e-value: its mean is 1 (Grünwald, de Heide & Koolen 2024).
 */
export function logBetaBinomialFactor(k: number, n: number, alternative: BetaShape, base: BetaShape): number {
  if (n === 0) return 0;
  return logMarginal(k, n, alternative) - logMarginal(k, n, base);
}

function logMarginal(k: number, n: number, { a, b }: BetaShape): number {
  return logBeta(k + a, n - k + b) - logBeta(a, b);
}

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
