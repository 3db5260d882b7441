import type { Responses } from './responses.ts';

/** Smallest probability that a posterior or an error rate may take. */
export const floor = 1e-10;

/**
 * The E step that the confusion-matrix models share, in log space:
 * posterior[task][true] ∝ prior[true] · Π over responses confusion[rater][true][given].
 * Tasks with a known label keep it. @returns the log-likelihood of the responses.
 */
export function posteriorStep(
  responses: Responses,
  logConfusion: Float64Array,
  priors: Float64Array,
  posterior: Float64Array,
  gold?: Int32Array,
): number {
  const { taskCount, labelCount, task, rater, label } = responses;
  for (let at = 0; at < taskCount; at += 1) {
    for (let truth = 0; truth < labelCount; truth += 1)
      posterior[at * labelCount + truth] = Math.log(Math.max(priors[truth]!, 1e-300));
  }
  for (let index = 0; index < task.length; index += 1) {
    const row = task[index]! * labelCount;
    const cell = rater[index]! * labelCount * labelCount + label[index]!;
    for (let truth = 0; truth < labelCount; truth += 1)
      posterior[row + truth]! += logConfusion[cell + truth * labelCount]!;
  }
  let logLikelihood = 0;
  for (let at = 0; at < taskCount; at += 1) {
    const row = at * labelCount;
    const known = gold?.[at] ?? -1;
    if (known >= 0) {
      logLikelihood += posterior[row + known]!;
      for (let truth = 0; truth < labelCount; truth += 1) posterior[row + truth] = truth === known ? 1 : 0;
      continue;
    }
    let highest = -Infinity;
    for (let truth = 0; truth < labelCount; truth += 1) highest = Math.max(highest, posterior[row + truth]!);
    let sum = 0;
    for (let truth = 0; truth < labelCount; truth += 1) {
      posterior[row + truth] = Math.exp(posterior[row + truth]! - highest);
      sum += posterior[row + truth]!;
    }
    logLikelihood += highest + Math.log(sum);
    for (let truth = 0; truth < labelCount; truth += 1)
      posterior[row + truth] = Math.max(floor, posterior[row + truth]! / sum);
  }
  return logLikelihood;
}

/** Mean posterior over the tasks. */
export function meanPosterior(posterior: Float64Array, taskCount: number, labelCount: number): Float64Array {
  const priors = new Float64Array(labelCount);
  for (let cell = 0; cell < posterior.length; cell += 1)
    priors[cell % labelCount]! += posterior[cell]! / taskCount;
  return priors;
}
