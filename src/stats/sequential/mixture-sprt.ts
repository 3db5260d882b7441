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
