import { logit, sigmoid, softplus } from '../special/logistic.ts';
import { checkScored } from './proper-scores.ts';

/**
 * calibrated logit = logitScale · logit; the temperature of Guo et al. is 1 / logitScale. 0 maps everything to 1/2.
 * @example
 * const twiceAsModest: TemperatureScaling = { logitScale: 0.5 };
 */
export interface TemperatureScaling {
  readonly logitScale: number;
}

const largestScale = 20;
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * One temperature for probabilities of a two-way choice (Guo et al. 2017): minimises log loss over logitScale in
 * [0, 20], where it is convex. Keeps 1/2 at 1/2 and is symmetric under swapping the two sides.
 * No probabilities: logitScale 1.
 * @example
 * fitTemperature([0.9, 0.8, 0.7, 0.9], [1, 0, 1, 1]); // { logitScale: 0.7384 }
 */
export function fitTemperature(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): TemperatureScaling {
  checkScored(probabilities, outcomes);
  if (probabilities.length === 0) return { logitScale: 1 };
  const logits = Array.from(probabilities, (probability) => logit(probability, 1e-6));
  const loss = (logitScale: number): number => {
    let sum = 0;
    for (let index = 0; index < logits.length; index += 1) {
      const scaled = logitScale * logits[index]!;
      const outcome = outcomes[index]!;
      sum += (weights?.[index] ?? 1) * (outcome * softplus(-scaled) + (1 - outcome) * softplus(scaled));
    }
    return sum;
  };
  let low = 0;
  let high = largestScale;
  let left = high - golden * (high - low);
  let right = low + golden * (high - low);
  let leftLoss = loss(left);
  let rightLoss = loss(right);
  while (high - low > 1e-7) {
    if (leftLoss <= rightLoss) {
      high = right;
      right = left;
      rightLoss = leftLoss;
      left = high - golden * (high - low);
      leftLoss = loss(left);
    } else {
      low = left;
      left = right;
      leftLoss = rightLoss;
      right = low + golden * (high - low);
      rightLoss = loss(right);
    }
  }
  return { logitScale: (low + high) / 2 };
}

/**
 * The calibrated probability, under a fit of `fitTemperature` (Guo et al. 2017).
 * @example
 * applyTemperature({ logitScale: 0.5 }, 0.9); // 0.75
 */
export function applyTemperature({ logitScale }: TemperatureScaling, probability: number): number {
  return sigmoid(logitScale * logit(probability, 1e-6));
}
