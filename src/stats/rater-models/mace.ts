import { digamma } from '../special/gamma.ts';
import { normaliseRow, type Responses } from './responses.ts';

/**
 * Iterations and priors of MACE.
 * @example
 * const options: MaceOptions = { iterations: 50, alpha: 0.5, beta: 0.5 };
 */
export interface MaceOptions {
  readonly iterations?: number;
  /** Beta prior on spamming (alpha) against knowing (beta). */
  readonly alpha?: number;
  readonly beta?: number;
  /** Dirichlet prior on each spamming strategy. */
  readonly strategyPrior?: number;
}

/**
 * Posterior of the true labels, and what each rater does when it spams.
 * @example
 * const fit: MaceFit = fitMace(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'A']]));
 */
export interface MaceFit {
  /** P(true label), taskCount x labelCount. */
  readonly posterior: Float64Array;
  /** Weight of "knows the answer" per rater; with variational Bayes a little below a probability. */
  readonly competence: Float64Array;
  /** Distribution of a rater's labels when spamming, raterCount x labelCount. */
  readonly strategy: Float64Array;
  readonly logLikelihood: number;
}

/**
 * MACE (Hovy et al. 2013): a rater either knows the true label or spams from a strategy of its own. Variational
 * Bayes: θ ∝ exp(ψ(expected count + prior)). Started from uniform strategies and even odds instead of at random,
 * so the result needs no seed.
 * @example
 * fitMace(indexResponses([['ann', 'q1', 'A'], ['ben', 'q1', 'A'], ['cem', 'q1', 'B']])).posterior;
 * // [0.9845, 0.0155]
 */
export function fitMace(responses: Responses, options: MaceOptions = {}): MaceFit {
  const { iterations = 50, alpha = 0.5, beta = 0.5, strategyPrior = 10 } = options;
  const { raterCount, labelCount } = responses;
  const spamming = new Float64Array(raterCount).fill(0.5);
  const competence = new Float64Array(raterCount).fill(0.5);
  const strategy = new Float64Array(raterCount * labelCount).fill(1 / labelCount);
  let step = expect(responses, spamming, competence, strategy);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    for (let rater = 0; rater < raterCount; rater += 1) {
      const spam = step.spam[rater]! + alpha;
      const know = step.know[rater]! + beta;
      const norm = digamma(spam + know);
      spamming[rater] = Math.exp(digamma(spam) - norm);
      competence[rater] = Math.exp(digamma(know) - norm);
      let total = 0;
      for (let label = 0; label < labelCount; label += 1)
        total += step.strategy[rater * labelCount + label]! + strategyPrior;
      for (let label = 0; label < labelCount; label += 1) {
        const cell = rater * labelCount + label;
        strategy[cell] = Math.exp(digamma(step.strategy[cell]! + strategyPrior) - digamma(total));
      }
    }
    step = expect(responses, spamming, competence, strategy);
  }
  return { posterior: step.posterior, competence, strategy, logLikelihood: step.logLikelihood };
}

/** Posterior of the labels and expected counts of spamming and knowing. */
function expect(
  responses: Responses,
  spamming: Float64Array,
  competence: Float64Array,
  strategy: Float64Array,
) {
  const { taskCount, raterCount, labelCount, task, rater, label } = responses;
  const posterior = new Float64Array(taskCount * labelCount);
  for (let index = 0; index < task.length; index += 1) {
    const chance = spamming[rater[index]!]! * strategy[rater[index]! * labelCount + label[index]!]!;
    for (let truth = 0; truth < labelCount; truth += 1)
      posterior[task[index]! * labelCount + truth]! += Math.log(
        chance + (truth === label[index] ? competence[rater[index]!]! : 0),
      );
  }
  let logLikelihood = 0;
  for (let at = 0; at < taskCount; at += 1) {
    const row = posterior.subarray(at * labelCount, (at + 1) * labelCount);
    const highest = Math.max(...row);
    let sum = 0;
    for (let truth = 0; truth < labelCount; truth += 1) sum += row[truth] = Math.exp(row[truth]! - highest);
    logLikelihood += highest + Math.log(sum / labelCount);
    normaliseRow(posterior, at * labelCount, labelCount);
  }
  const spam = new Float64Array(raterCount);
  const know = new Float64Array(raterCount);
  const said = new Float64Array(raterCount * labelCount);
  for (let index = 0; index < task.length; index += 1) {
    const by = rater[index]!;
    const chance = spamming[by]! * strategy[by * labelCount + label[index]!]!;
    const truth = posterior[task[index]! * labelCount + label[index]!]!;
    const knowing = (truth * competence[by]!) / (chance + competence[by]!);
    know[by]! += knowing;
    spam[by]! += 1 - knowing;
    said[by * labelCount + label[index]!]! += 1 - knowing;
  }
  return { posterior, logLikelihood, spam, know, strategy: said };
}
