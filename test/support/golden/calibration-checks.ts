import { auroc } from '../../../src/stats/calibration/auroc.ts';
import { applyBeta, fitBeta } from '../../../src/stats/calibration/beta.ts';
import { applyIsotonic, fitIsotonic } from '../../../src/stats/calibration/isotonic.ts';
import { applyPlatt, fitPlatt } from '../../../src/stats/calibration/platt.ts';
import { brierScore, logLoss } from '../../../src/stats/calibration/proper-scores.ts';
import { expectedCalibrationError } from '../../../src/stats/calibration/reliability-bins.ts';
import { allNear, definedValue, near, type VectorCheck } from './vector.ts';

const byName: Readonly<Record<string, VectorCheck>> = {
  'isotonic-PAV': ({ input, expected, tol }) => {
    const map = fitIsotonic(input.score, input.y);
    allNear(
      input.score.map((score: number) => applyIsotonic(map, score)),
      expected.fitted,
      tol,
    );
    allNear(
      input.query.map((score: number) => applyIsotonic(map, score)),
      expected.query,
      tol,
    );
  },
  'isotonic-weighted': ({ input, expected, tol }) => {
    const map = fitIsotonic(input.score, input.y, input.w);
    allNear(
      input.score.map((score: number) => applyIsotonic(map, score)),
      expected.fitted,
      tol,
    );
  },
  platt: ({ input, expected, tol }) => {
    const scaling = fitPlatt(input.score, input.y);
    near(-scaling.slope, expected.A, tol);
    near(-scaling.intercept, expected.B, tol);
    allNear(
      input.score.map((score: number) => applyPlatt(scaling, score)),
      expected.p,
      tol,
    );
  },
  'beta-unconstrained': ({ input, expected, tol }) => {
    const fit = fitBeta(input.score, input.y, { monotone: false });
    near(fit.a, expected.a, tol);
    near(fit.b, expected.b, tol);
    near(fit.c, expected.c, tol);
    allNear(
      input.score.map((score: number) => applyBeta(fit, score)),
      expected.p,
      tol,
    );
  },
  'ece-brier-logloss-auroc': ({ input, expected, tol }) => {
    near(definedValue(expectedCalibrationError(input.p, input.y, input.bins)), expected.ece, tol);
    near(definedValue(brierScore(input.p, input.y)), expected.brier, tol);
    near(definedValue(logLoss(input.p, input.y)), expected.logloss, tol);
    near(definedValue(auroc(input.p, input.y)), expected.auroc, tol);
  },
};

export const calibrationChecks: Readonly<Record<string, VectorCheck>> = {
  calibration: (vector) => {
    const check = byName[vector.name];
    if (check === undefined) throw new Error(`no check for calibration vector ${vector.name}`);
    check(vector);
  },
};
