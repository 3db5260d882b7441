import { type Estimate, known, unknown } from '../estimate.ts';
import { checkScored } from './scored.ts';

/**
 * Mean of (p - y)² (Brier 1950).
 * @example
 * brierScore([0.9, 0.2], [1, 0]); // 0.025
 */
export function brierScore(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): Estimate {
  return average(probabilities, outcomes, (p, y) => (p - y) ** 2);
}

/**
 * Mean of -(y ln p + (1-y) ln(1-p)), natural logarithm; p is kept 1e-15 away from 0 and 1, so a sure error costs 34.5.
 * @example
 * logLoss([0.9, 0.2], [1, 0]); // 0.164
 */
export function logLoss(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): Estimate {
  return average(probabilities, outcomes, (p, y) => {
    const inside = Math.min(1 - 1e-15, Math.max(1e-15, p));
    return -(y * Math.log(inside) + (1 - y) * Math.log1p(-inside));
  });
}

function average(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  lossOf: (p: number, y: number) => number,
): Estimate {
  checkScored(probabilities, outcomes);
  if (probabilities.length === 0) return unknown('no probabilities');
  let sum = 0;
  for (let index = 0; index < probabilities.length; index += 1)
    sum += lossOf(probabilities[index]!, outcomes[index]!);
  return known(sum / probabilities.length);
}
