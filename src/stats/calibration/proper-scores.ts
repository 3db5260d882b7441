import { type Estimate, known, unknown } from '../estimate.ts';

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

/**
 * Scores or probabilities with their outcomes (1 or 0, or a fraction where labels disagree), parallel lists.
 * @throws RangeError where lengths differ or a value is not finite: a programming error, never data to average over.
 */
export function checkScored(scores: ArrayLike<number>, outcomes: ArrayLike<number>): void {
  if (scores.length !== outcomes.length) {
    throw new RangeError(`${scores.length} scores with ${outcomes.length} outcomes`);
  }
  for (let index = 0; index < scores.length; index += 1) {
    if (!Number.isFinite(scores[index]) || !(outcomes[index]! >= 0 && outcomes[index]! <= 1)) {
      throw new RangeError(
        `at ${index}: a finite score and an outcome in [0, 1] are needed, received ${scores[index]}, ${outcomes[index]}`,
      );
    }
  }
}
