import { sigmoid, softplus } from '../special/logistic.ts';
import type { Responses } from './responses.ts';

/**
 * Posterior of the true labels, abilities and difficulties.
 * @example
 * const fit: GladFit = fitGlad(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'A']]));
 */
export interface GladFit {
  /** P(true label), taskCount x labelCount. */
  readonly posterior: Float64Array;
  /** Ability of each rater: 0 guesses, below 0 is wrong on purpose. */
  readonly ability: Float64Array;
  /** ln of each task's easiness. */
  readonly logEasiness: Float64Array;
}

/**
 * GLAD (Whitehill et al. 2009): P(rater is correct on task) = σ(ability · easiness), wrong answers spread over k-1
 * labels; N(1, 1) priors on ability and ln easiness. EM with a gradient M step (step halving), uniform label prior.
 * @example
 * fitGlad(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'A'], ['cem', 'q1', 'B']])).posterior;
 * // [0.9999, 0.0001012]
 */
export function fitGlad(
  responses: Responses,
  options: { readonly iterations?: number; readonly steps?: number } = {},
): GladFit {
  const { iterations = 60, steps = 25 } = options;
  let ability = new Float64Array(responses.raterCount).fill(1);
  let logEasiness = new Float64Array(responses.taskCount).fill(1);
  let posterior = expectLabels(responses, ability, logEasiness);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    let rate = 0.5;
    let value = objective(responses, posterior, ability, logEasiness);
    for (let step = 0; step < steps && rate > 1e-6; ) {
      const slope = gradient(responses, posterior, ability, logEasiness);
      const nextAbility = ability.map((at, k) => at + rate * slope.ability[k]!);
      const nextEasiness = logEasiness.map((at, k) => at + rate * slope.logEasiness[k]!);
      const reached = objective(responses, posterior, nextAbility, nextEasiness);
      if (reached > value) {
        ability = nextAbility;
        logEasiness = nextEasiness;
        value = reached;
        step += 1;
      } else rate /= 2;
    }
    posterior = expectLabels(responses, ability, logEasiness);
  }
  return { posterior, ability, logEasiness };
}

function expectLabels(responses: Responses, ability: Float64Array, logEasiness: Float64Array): Float64Array {
  const { taskCount, labelCount, task, rater, label } = responses;
  const posterior = new Float64Array(taskCount * labelCount);
  for (let index = 0; index < task.length; index += 1) {
    const strength = ability[rater[index]!]! * Math.exp(logEasiness[task[index]!]!);
    const wrong = -softplus(strength) - Math.log(Math.max(1, labelCount - 1));
    for (let truth = 0; truth < labelCount; truth += 1)
      posterior[task[index]! * labelCount + truth]! += truth === label[index] ? -softplus(-strength) : wrong;
  }
  for (let at = 0; at < taskCount; at += 1) {
    const row = posterior.subarray(at * labelCount, (at + 1) * labelCount);
    const highest = Math.max(...row);
    let sum = 0;
    for (let truth = 0; truth < labelCount; truth += 1) sum += row[truth] = Math.exp(row[truth]! - highest);
    for (let truth = 0; truth < labelCount; truth += 1) row[truth]! /= sum;
  }
  return posterior;
}

/** Expected log-likelihood of the responses plus the log prior. */
function objective(
  responses: Responses,
  posterior: Float64Array,
  ability: Float64Array,
  logEasiness: Float64Array,
): number {
  const { labelCount, task, rater, label } = responses;
  let sum = 0;
  for (let index = 0; index < task.length; index += 1) {
    const strength = ability[rater[index]!]! * Math.exp(logEasiness[task[index]!]!);
    const right = posterior[task[index]! * labelCount + label[index]!]!;
    sum -= right * softplus(-strength) + (1 - right) * softplus(strength);
  }
  for (const value of ability) sum -= (value - 1) ** 2 / 2;
  for (const value of logEasiness) sum -= (value - 1) ** 2 / 2;
  return sum;
}

function gradient(
  responses: Responses,
  posterior: Float64Array,
  ability: Float64Array,
  logEasiness: Float64Array,
) {
  const { labelCount, task, rater, label } = responses;
  const slope = {
    ability: ability.map((value) => 1 - value),
    logEasiness: logEasiness.map((value) => 1 - value),
  };
  for (let index = 0; index < task.length; index += 1) {
    const by = rater[index]!;
    const at = task[index]!;
    const easiness = Math.exp(logEasiness[at]!);
    const surprise = posterior[at * labelCount + label[index]!]! - sigmoid(ability[by]! * easiness);
    slope.ability[by]! += surprise * easiness;
    slope.logEasiness[at]! += surprise * ability[by]! * easiness;
  }
  return slope;
}
