import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyCoverage, riskCoverageArea } from '../calibration/accuracy-coverage.ts';
import { auroc } from '../calibration/auroc.ts';
import { applyBeta, fitBeta } from '../calibration/beta.ts';
import { applyIsotonic, fitIsotonic } from '../calibration/isotonic.ts';
import { applyPlatt, fitPlatt } from '../calibration/platt.ts';
import { brierScore, logLoss } from '../calibration/proper-scores.ts';
import { expectedCalibrationError } from '../calibration/reliability-bins.ts';
import { applyTemperature, fitTemperature } from '../calibration/temperature.ts';

fc.configureGlobal({ seed: 20261123 });

// thousandths, since 1 - score must not round two different scores to one
const thousandth = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
const scored = fc.array(fc.tuple(thousandth, fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 40,
});
const split = (pairs: readonly (readonly [number, number])[]) =>
  [pairs.map(([score]) => score), pairs.map(([, outcome]) => outcome)] as const;
const grid = Array.from({ length: 41 }, (_, index) => index / 40);

const maps: Readonly<Record<string, (scores: number[], outcomes: number[]) => (score: number) => number>> = {
  isotonic: (scores, outcomes) => {
    const map = fitIsotonic(scores, outcomes);
    return (score) => applyIsotonic(map, score);
  },
  temperature: (scores, outcomes) => {
    const scaling = fitTemperature(scores, outcomes);
    return (score) => applyTemperature(scaling, score);
  },
  beta: (scores, outcomes) => {
    const calibration = fitBeta(scores, outcomes);
    return (score) => applyBeta(calibration, score);
  },
};

describe.each(Object.entries(maps))('%s calibration', (_, mapOf) => {
  it('is a non-decreasing map into [0, 1]', () => {
    fc.assert(
      fc.property(scored, (pairs) => {
        const map = mapOf(...(split(pairs) as [number[], number[]]));
        let last = 0;
        for (const score of grid) {
          const probability = map(score);
          expect(probability).toBeGreaterThanOrEqual(last - 1e-9);
          expect(probability).toBeLessThanOrEqual(1);
          last = probability;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the sample', () => {
    fc.assert(
      fc.property(scored, (pairs) => {
        const forward = mapOf(...(split(pairs) as [number[], number[]]));
        const backward = mapOf(...(split([...pairs].reverse()) as [number[], number[]]));
        for (const score of grid) expect(forward(score)).toBeCloseTo(backward(score), 4);
      }),
      { numRuns: 40 },
    );
  });
});

describe('mirror symmetry', () => {
  it('temperature scaling treats the two sides alike', () => {
    fc.assert(
      fc.property(scored, (pairs) => {
        const [scores, outcomes] = split(pairs);
        const mirrored = fitTemperature(
          scores.map((score) => 1 - score),
          outcomes.map((outcome) => 1 - outcome),
        );
        expect(mirrored.logitScale).toBeCloseTo(fitTemperature(scores, outcomes).logitScale, 4);
      }),
    );
  });

  it('Brier, log loss and AUROC do not change when both sides are swapped', () => {
    fc.assert(
      fc.property(scored, (pairs) => {
        const [scores, outcomes] = split(pairs.map(([score, y]) => [0.001 + 0.998 * score, y] as const));
        const flip = (values: readonly number[]) => values.map((value) => 1 - value);
        for (const statistic of [brierScore, logLoss, auroc]) {
          const a = statistic(scores, outcomes);
          const b = statistic(flip(scores), flip(outcomes));
          expect(a.defined).toBe(b.defined);
          if (a.defined && b.defined) expect(a.value).toBeCloseTo(b.value, 6);
        }
      }),
    );
  });
});

describe('scores of probabilities', () => {
  it('stay in their ranges and are undefined for nothing', () => {
    fc.assert(
      fc.property(scored, (pairs) => {
        const [scores, outcomes] = split(pairs);
        for (const statistic of [expectedCalibrationError, brierScore, auroc]) {
          const estimate = statistic(scores, outcomes);
          if (estimate.defined) {
            expect(estimate.value).toBeGreaterThanOrEqual(0);
            expect(estimate.value).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
    for (const statistic of [expectedCalibrationError, brierScore, logLoss, auroc, riskCoverageArea])
      expect(statistic([], []).defined).toBe(false);
  });

  it('refuses NaN instead of averaging it', () => {
    expect(() => brierScore([Number.NaN], [1])).toThrow(RangeError);
    expect(() => fitPlatt([Number.POSITIVE_INFINITY], [1])).toThrow(RangeError);
    expect(() => auroc([0.5], [Number.NaN])).toThrow(RangeError);
  });

  it('Platt scaling of a separable sample stays finite', () => {
    const scaling = fitPlatt([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]);
    expect(applyPlatt(scaling, 0.9)).toBeGreaterThan(0.5);
    expect(applyPlatt(scaling, 0.9)).toBeLessThan(0.95);
  });

  it('the accuracy-coverage curve ends at full coverage with the plain accuracy', () => {
    fc.assert(
      fc.property(scored, (pairs) => {
        const [confidence, correct] = split(pairs);
        const last = accuracyCoverage(confidence, correct).at(-1)!;
        expect(last.coverage).toBe(1);
        expect(last.accuracy).toBeCloseTo(
          correct.reduce((sum, value) => sum + value, 0) / correct.length,
          12,
        );
      }),
    );
  });
});
