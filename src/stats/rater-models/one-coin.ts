import { clampGold, type EmOptions } from './dawid-skene.ts';
import { floor, meanPosterior, posteriorStep } from './posterior-step.ts';
import { type Responses, voteShares } from './responses.ts';

/**
 * Posterior of the true labels, and one skill a rater.
 * @example
 * const fit: OneCoinFit = fitOneCoin(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'A']]));
 */
export interface OneCoinFit {
  /** P(true label), taskCount x labelCount. */
  readonly posterior: Float64Array;
  readonly priors: Float64Array;
  /** P(correct), one per rater, in [0, 1]. */
  readonly skill: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * One-coin Dawid-Skene (Zhang, Chen, Zhou & Jordan 2016): a rater gives the true label with probability `skill`, else
 * one of the k-1 other labels at random. M: skill[r] = mean posterior of the labels that r gave; `smoothing` adds as many correct
 * as wrong answers. A rater without responses keeps skill 1/2.
 * @example
 * fitOneCoin(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'A'], ['cem', 'q1', 'B']]), { smoothing: 1 }).skill;
 * // [0.6667, 0.6667, 0.3333]
 */
export function fitOneCoin(responses: Responses, options: EmOptions = {}): OneCoinFit {
  const { maxIterations = 100, tolerance = 1e-9, gold, smoothing = 0 } = options;
  const { taskCount, labelCount, task } = responses;
  const posterior = voteShares(responses);
  clampGold(posterior, labelCount, gold);
  let priors = meanPosterior(posterior, taskCount, labelCount);
  let skill = skillOf(responses, posterior, smoothing);
  let logLikelihood = Number.NEGATIVE_INFINITY;
  for (let iteration = 1; ; iteration += 1) {
    const reached = posteriorStep(responses, logConfusionOf(skill, labelCount), priors, posterior, gold);
    priors = meanPosterior(posterior, taskCount, labelCount);
    skill = skillOf(responses, posterior, smoothing);
    const converged = tolerance > 0 && Math.abs(reached - logLikelihood) <= tolerance * task.length;
    logLikelihood = reached;
    if (converged || iteration >= maxIterations)
      return { posterior, priors, skill, logLikelihood, iterations: iteration, converged };
  }
}

function skillOf(responses: Responses, posterior: Float64Array, smoothing: number): Float64Array {
  const { raterCount, labelCount, task, rater, label } = responses;
  const right = new Float64Array(raterCount).fill(smoothing);
  const total = new Float64Array(raterCount).fill(2 * smoothing);
  for (let index = 0; index < task.length; index += 1) {
    right[rater[index]!]! += posterior[task[index]! * labelCount + label[index]!]!;
    total[rater[index]!]! += 1;
  }
  return right.map((value, at) => (total[at]! > 0 ? value / total[at]! : 0.5));
}

function logConfusionOf(skill: Float64Array, labelCount: number): Float64Array {
  const size = labelCount * labelCount;
  const table = new Float64Array(skill.length * size);
  skill.forEach((value, rater) => {
    const right = Math.log(clip(value));
    const wrong = Math.log(clip((1 - value) / Math.max(1, labelCount - 1)));
    for (let cell = 0; cell < size; cell += 1)
      table[rater * size + cell] = cell % (labelCount + 1) === 0 ? right : wrong;
  });
  return table;
}

function clip(value: number): number {
  return Math.min(1 - floor, Math.max(floor, value));
}
