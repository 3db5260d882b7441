import { expect } from 'vitest';
import { riskControlThreshold, splitConformalQuantile } from '../../../src/stats/conformal/conformal.ts';
import { clopperPearsonUpper } from '../../../src/stats/intervals/proportion.ts';
import { adjustPValues } from '../../../src/stats/multiple-testing/adjust-p-values.ts';
import { type PpiOptions, ppiMean, ppiPValue } from '../../../src/stats/ppi/ppi-mean.ts';
import { betaMixtureWealth, bettingWealth, mixtureSprt } from '../../../src/stats/sequential/e-processes.ts';
import { allNear, definedValue, near, type StatVector, type VectorCheck } from './vector.ts';

function ppi({ input }: StatVector, options: PpiOptions) {
  return definedValue(ppiMean(input.Y, input.Yhat, input.Yhat_unlabeled, { alpha: input.alpha, ...options }));
}

const ppiByName: Readonly<Record<string, VectorCheck>> = {
  'binary-40-300': (vector) => {
    const { expected, tol } = vector;
    for (const [key, lambda] of [
      ['lam=0', 0],
      ['lam=1', 1],
      ['lam=auto', 'tuned'],
    ] as const) {
      const result = ppi(vector, { lambda });
      near(result.estimate, expected[key].point, tol);
      allNear([result.interval.low, result.interval.high], expected[key].ci90, tol);
    }
    near(ppi(vector, {}).lambda, expected.lambda_star, tol);
    near(ppiPValue(ppi(vector, { lambda: 1 }), 0.5), expected['pval_null0.5_lam1'], tol);
  },
  'tiny-lam1': (vector) => {
    const result = ppi(vector, { lambda: 1 });
    near(result.estimate, vector.expected.point, vector.tol);
    allNear([result.interval.low, result.interval.high], vector.expected.ci, vector.tol);
  },
  'binary-noisy-interior-lambda': (vector) => {
    const { expected, tol } = vector;
    const result = ppi(vector, {});
    near(result.lambda, expected.lambda_star, tol);
    near(result.estimate, expected.point, tol);
    allNear([result.interval.low, result.interval.high], expected.ci95, tol);
    const classical = ppi(vector, { lambda: 0 });
    allNear([classical.interval.low, classical.interval.high], expected.classical_ci95, tol);
  },
};

const conformalByName: Readonly<Record<string, VectorCheck>> = {
  'split-quantile': ({ input, expected, tol }) => {
    const result = definedValue(splitConformalQuantile(input.scores, input.alpha));
    near(result.threshold, expected.qhat, tol);
    expect(result.rank).toBe(expected.rank);
  },
  'CRC-threshold': ({ input, expected, tol }) => {
    for (const alpha of input.alphas)
      near(
        definedValue(riskControlThreshold(input.conf, input.correct, alpha)),
        expected[String(alpha)],
        tol,
      );
  },
};

const sequentialByName: Readonly<Record<string, VectorCheck>> = {
  'mSPRT-normal-mixture': ({ input, expected, tol }) => {
    const result = mixtureSprt(input.x, {
      hypothesis: input.theta0,
      variance: input.sigma2,
      mixingVariance: input.tau2,
    });
    allNear(result.ratio, expected.lambda_n, tol);
    allNear(result.pValue, expected.always_valid_p, tol);
  },
  'e-process-winrate-vs-0.5': ({ input, expected, tol }) => {
    allNear(bettingWealth(input.wins, 0.5, input.bet_lambda), expected.betting_e, tol);
    allNear(betaMixtureWealth(input.wins), expected.beta_binomial_e, tol);
  },
};

function named(table: Readonly<Record<string, VectorCheck>>): VectorCheck {
  return (vector) => {
    const check = table[vector.name];
    if (check === undefined) throw new Error(`no check for ${vector.area} vector ${vector.name}`);
    check(vector);
  };
}

export const inferenceChecks: Readonly<Record<string, VectorCheck>> = {
  ppi_mean: named(ppiByName),
  conformal: named(conformalByName),
  sequential: named(sequentialByName),
  selective: ({ input, expected, tol }) => {
    allNear(
      input.errors.map((errors: number, index: number) =>
        clopperPearsonUpper(errors, input.n[index], input.delta),
      ),
      expected,
      tol,
    );
  },
  multiple_testing: ({ input, expected, tol }) => {
    const corrections = [
      ['BH', 'benjamini-hochberg'],
      ['BY', 'benjamini-yekutieli'],
      ['Holm', 'holm'],
      ['Bonferroni', 'bonferroni'],
    ] as const;
    for (const [key, correction] of corrections) {
      const adjusted = adjustPValues(input.p, correction);
      allNear(adjusted, expected[key].adj, tol);
      expect(adjusted.map((p) => p <= input.q)).toEqual(expected[key].reject);
    }
    const rejected = adjustPValues(input.p, 'benjamini-yekutieli').flatMap((p, index) =>
      p <= input.q ? [index] : [],
    );
    expect(rejected).toEqual(expected.BY_rejected_idx);
  },
};
