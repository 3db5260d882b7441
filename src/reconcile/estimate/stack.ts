import { seededRandom } from '../../stats/random.ts';
import { softplus } from '../../stats/special/logistic.ts';

const resamples = 200;
/** Prior standard deviation of the logarithm of the logit scale. */
const logitScaleSpread = 0.4;

/**
 * Weights of estimators from their held-out predictions: pseudo-BMA+ (Yao, Vehtari, Simpson & Gelman 2018).
 * The Bayesian bootstrap over units keeps an estimator that leads by chance from getting all the weight.
 * @param heldOut logits per estimator, then per unit @returns weights that sum to 1
 */
export function stackWeights(
  heldOut: readonly Float64Array[],
  outcomes: ArrayLike<number>,
  seed: number,
): Float64Array {
  const random = seededRandom(`stack ${seed}`);
  const scores = heldOut.map((logits) =>
    logits.map((logit, unit) => outcomes[unit]! * logit - softplus(logit)),
  );
  const weights = new Float64Array(heldOut.length);
  for (let draw = 0; draw < resamples; draw += 1) {
    const shares = Float64Array.from({ length: outcomes.length }, () => -Math.log(1 - random()));
    const scale = outcomes.length / shares.reduce((sum, share) => sum + share, 0);
    const totals = scores.map((score) =>
      score.reduce((sum, value, unit) => sum + value * shares[unit]! * scale, 0),
    );
    const best = Math.max(...totals);
    const likely = totals.map((total) => Math.exp(total - best));
    const sum = likely.reduce((a, b) => a + b, 0);
    for (const [index, value] of likely.entries()) weights[index]! += value / sum / resamples;
  }
  return weights;
}

/**
 * The factor that calibrates held-out logits: maximises Σ ln p(y | logitScale x logit) under
 * ln logitScale ~ N(0, 0.4²), so that few labels change little. Golden-section search on [-2, 2].
 */
export function fitLogitScale(logits: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  const loss = (log: number) => {
    const logitScale = Math.exp(log);
    let sum = (log / logitScaleSpread) ** 2 / 2;
    for (let unit = 0; unit < logits.length; unit += 1) {
      const logit = logitScale * logits[unit]!;
      sum += softplus(logit) - outcomes[unit]! * logit;
    }
    return sum;
  };
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = -2;
  let high = 2;
  while (high - low > 1e-6) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (loss(left) <= loss(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
