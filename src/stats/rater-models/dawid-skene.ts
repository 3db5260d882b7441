import { floor, meanPosterior, posteriorStep } from './posterior-step.ts';
import { type Responses, voteShares } from './responses.ts';

/**
 * When expectation maximisation stops, what is known beforehand, and the prior.
 * @example
 * const options: EmOptions = { maxIterations: 50, tolerance: 1e-6, smoothing: 1 };
 */
export interface EmOptions {
  readonly maxIterations?: number;
  /** Stop when the log-likelihood rises by less than this per response; 0 runs every iteration. */
  readonly tolerance?: number;
  /** Known label of each task, -1 where unknown; held fixed. */
  readonly gold?: Int32Array;
  /** Pseudo-count added to every cell of a rater's confusion matrix (a symmetric Dirichlet prior). */
  readonly smoothing?: number;
}

/**
 * Posterior of the true labels and the raters' confusion; matrices are stored row by row.
 * @example
 * const fit: DawidSkeneFit = fitDawidSkene(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'A']]));
 */
export interface DawidSkeneFit {
  /** P(true label), taskCount x labelCount; every cell at least 1e-10. */
  readonly posterior: Float64Array;
  /** Share of each true label. */
  readonly priors: Float64Array;
  /** P(given | true), raterCount x true x given. */
  readonly confusion: Float64Array;
  /** Of the responses, under the parameters of the last E step. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Dawid & Skene (1979): every rater has a confusion matrix, the true labels are latent; EM from vote shares.
 *
 * M: confusion[r][j][l] ∝ Σ_tasks P(true = j) · #(r said l), priors = mean posterior. E: see `posteriorStep`.
 * A two-coin model is this with two labels. Over-confident when raters are correlated: temper what comes out.
 * No responses: uniform posteriors.
 * @example
 * const answers = (task: string, labels: string) => [...labels].map((label, at) => [`r${at}`, task, label] as const);
 * const responses = indexResponses([...answers('q1', 'AAB'), ...answers('q2', 'BBB'), ...answers('q3', 'AAA')]);
 * fitDawidSkene(responses, { smoothing: 1 }).posterior; // [0.9998, 0.0002438, 0.9995, 0.0005484, 0.9996, 0.0003654]
 */
export function fitDawidSkene(responses: Responses, options: EmOptions = {}): DawidSkeneFit {
  const { maxIterations = 100, tolerance = 1e-9, gold, smoothing = 0 } = options;
  const { taskCount, labelCount, task } = responses;
  const posterior = voteShares(responses);
  clampGold(posterior, labelCount, gold);
  let priors = meanPosterior(posterior, taskCount, labelCount);
  let confusion = confusionOf(responses, posterior, smoothing);
  let logLikelihood = Number.NEGATIVE_INFINITY;
  for (let iteration = 1; ; iteration += 1) {
    const reached = posteriorStep(responses, confusion.map(Math.log), priors, posterior, gold);
    priors = meanPosterior(posterior, taskCount, labelCount);
    confusion = confusionOf(responses, posterior, smoothing);
    const converged = tolerance > 0 && Math.abs(reached - logLikelihood) <= tolerance * task.length;
    logLikelihood = reached;
    if (converged || iteration >= maxIterations)
      return { posterior, priors, confusion, logLikelihood, iterations: iteration, converged };
  }
}

/** Sets the rows of tasks with a known label. */
export function clampGold(posterior: Float64Array, labelCount: number, gold?: Int32Array): void {
  gold?.forEach((known, task) => {
    if (known < 0) return;
    for (let truth = 0; truth < labelCount; truth += 1)
      posterior[task * labelCount + truth] = truth === known ? 1 : 0;
  });
}

function confusionOf(responses: Responses, posterior: Float64Array, smoothing: number): Float64Array {
  const { raterCount, labelCount, task, rater, label } = responses;
  const counts = new Float64Array(raterCount * labelCount * labelCount);
  for (let index = 0; index < task.length; index += 1) {
    const row = task[index]! * labelCount;
    const cell = rater[index]! * labelCount * labelCount + label[index]!;
    for (let truth = 0; truth < labelCount; truth += 1)
      counts[cell + truth * labelCount]! += posterior[row + truth]!;
  }
  for (let row = 0; row < counts.length; row += labelCount) {
    let sum = 0;
    for (let k = row; k < row + labelCount; k += 1) {
      counts[k] = Math.max(floor, counts[k]! + smoothing);
      sum += counts[k]!;
    }
    for (let k = row; k < row + labelCount; k += 1) counts[k]! /= sum;
  }
  return counts;
}
