import { expect } from 'vitest';
import { fitDawidSkene } from '../../../src/stats/rater-models/dawid-skene.ts';
import { fitGlad } from '../../../src/stats/rater-models/glad.ts';
import { fitMace } from '../../../src/stats/rater-models/mace.ts';
import { fitOneCoin } from '../../../src/stats/rater-models/one-coin.ts';
import { indexResponses, type NamedResponses } from '../../../src/stats/rater-models/responses.ts';
import { allNear, near, type StatVector, type VectorCheck } from './vector.ts';

type Posterior = Readonly<Record<string, Readonly<Record<string, number>>>>;

function checkPosterior(
  responses: NamedResponses,
  received: Float64Array,
  expected: Posterior,
  tolerance: number,
): void {
  for (const [task, row] of Object.entries(expected)) {
    for (const [label, value] of Object.entries(row)) {
      const cell = responses.tasks.indexOf(task) * responses.labelCount + responses.labels.indexOf(label);
      near(received[cell]!, value, tolerance);
    }
  }
}

function byRater(responses: NamedResponses, values: Float64Array): Record<string, number> {
  return Object.fromEntries(responses.raters.map((rater, index) => [rater, values[index]!]));
}

function checkToy({ input, expected, tol }: StatVector): void {
  const responses = indexResponses(input.answers);
  const fit = fitDawidSkene(responses, { maxIterations: input.n_iter, tolerance: 0 });
  checkPosterior(responses, fit.posterior, expected.posterior, tol);
  near(crowdKitLoss(responses, fit), expected.loss_history_last, tol);
}

/** Crowd-kit's evidence lower bound per response; it counts the prior once per response, which is its own habit. */
function crowdKitLoss(responses: NamedResponses, fit: ReturnType<typeof fitDawidSkene>): number {
  const { labelCount, task, rater, label } = responses;
  let sum = 0;
  for (let index = 0; index < task.length; index += 1) {
    for (let truth = 0; truth < labelCount; truth += 1) {
      const cell = rater[index]! * labelCount ** 2 + truth * labelCount + label[index]!;
      sum +=
        fit.posterior[task[index]! * labelCount + truth]! *
        (Math.log(fit.confusion[cell]!) + Math.log(fit.priors[truth]!));
    }
  }
  for (const value of fit.posterior) sum -= value * Math.log(value);
  return sum / task.length;
}

function checkAnaesthetists({ input, expected, tol }: StatVector): void {
  const answers: [string, string, string][] = [];
  const responsesOf: Record<string, Record<string, number[]>> = input.responses;
  for (const [patient, byObserver] of Object.entries(responsesOf)) {
    for (const [observer, grades] of Object.entries(byObserver)) {
      for (const grade of grades) answers.push([observer, patient, String(grade)]);
    }
  }
  const responses = indexResponses(answers);
  const fit = fitDawidSkene(responses, { maxIterations: 5000, tolerance: 1e-13 });
  allNear(fit.priors, expected.class_marginals, tol);
  near(fit.logLikelihood, expected.loglik, tol);
  const observer = responses.raters.indexOf('1') * 16;
  expected.error_rates_observer1.forEach((row: number[], truth: number) => {
    allNear(fit.confusion.subarray(observer + truth * 4, observer + truth * 4 + 4), row, tol);
  });
  const rowOf = (patient: string) => {
    const start = responses.tasks.indexOf(patient) * 4;
    return fit.posterior.subarray(start, start + 4);
  };
  allNear(rowOf('3'), expected.posterior_patient3, tol);
  const labels = responses.tasks.map((patient) => rowOf(patient).indexOf(Math.max(...rowOf(patient))) + 1);
  expect(labels).toEqual(expected.labels);
}

export const raterModelChecks: Readonly<Record<string, VectorCheck>> = {
  dawid_skene: (vector) => (vector.input.answers ? checkToy(vector) : checkAnaesthetists(vector)),
  dawid_skene_onecoin: ({ input, expected, tol }) => {
    const responses = indexResponses(input.answers);
    const fit = fitOneCoin(responses, { maxIterations: input.n_iter, tolerance: 0 });
    checkPosterior(responses, fit.posterior, expected.posterior, tol);
    const skills = byRater(responses, fit.skill);
    for (const [rater, value] of Object.entries<number>(expected.skills)) near(skills[rater]!, value, tol);
  },
  mace: ({ input, expected, tol }) => {
    const responses = indexResponses(input.answers);
    const fit = fitMace(responses, { iterations: input.n_iter, alpha: input.alpha, beta: input.beta });
    checkPosterior(responses, fit.posterior, expected.posterior, tol);
    allNear(fit.competence, expected['spamming_[:,1]=competence'], tol);
  },
  // the reference stops its EM early; labels and the order of abilities are what must agree, posteriors to 0.05
  glad: ({ input, expected, tol }) => {
    const responses = indexResponses(input.answers);
    const fit = fitGlad(responses);
    checkPosterior(responses, fit.posterior, expected.posterior, tol);
    const order = (of: Record<string, number>) => Object.keys(of).sort((a, b) => of[a]! - of[b]!);
    expect(order(byRater(responses, fit.ability))).toEqual(order(expected['alphas(worker)']));
  },
};
