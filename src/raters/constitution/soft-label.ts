import type { ConstitutionSpec } from '../../domain/job.ts';

type Humility = Pick<ConstitutionSpec, 'temperature' | 'clamp'>;

/**
 * A model's probability as it may be passed on: divided by the temperature on the log-odds scale, then held inside
 * the range. Before and after it, 0 and 1 are moved to where a thousand readings could not tell them apart, so that
 * none is certain at whatever temperature.
 *
 * p' = clamp(σ(logit(p) / T)); Bai et al. 2022 hold such labels inside 0.4 … 0.6.
 */
export function softLabel(probability: number, { temperature, clamp }: Humility): number {
  const inside = uncertain(probability);
  const cooled = uncertain(1 / (1 + Math.exp(-Math.log(inside / (1 - inside)) / temperature)));
  return clamp === null ? cooled : Math.min(clamp[1], Math.max(clamp[0], cooled));
}

function uncertain(probability: number): number {
  return Math.min(0.999, Math.max(0.001, probability));
}
