import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../bootstrap/paired-difference.ts';
import { gatekeep } from '../multiple-testing/adjust-p-values.ts';
import { clusteredPpiMean, type PpiUnit } from '../ppi/clustered-ppi-mean.ts';
import { correctJudgeErrors } from '../ppi/judge-error-correction.ts';
import { ppiMean } from '../ppi/ppi-mean.ts';
import { type Random, seededRandom } from '../random.ts';
import { BettingTest, confidenceSequence } from '../sequential/betting-test.ts';
import { testMargin } from '../testing/margin-test.ts';
import { minimumDetectableEffect, unitsNeeded } from '../testing/power.ts';

fc.configureGlobal({ seed: 20261123 });

const coin = (random: Random, share: number) => (random() < share ? 1 : 0);

/** Units in clusters that share a tendency; the judge is right with the given probability. */
function simulate(
  random: Random,
  clusters: number,
  size: number,
  labelShare: number,
  skill = 0.85,
): PpiUnit[] {
  return Array.from({ length: clusters }, (_, cluster) => {
    const tendency = 0.2 + 0.6 * random();
    return Array.from({ length: size }, () => {
      const truth = coin(random, tendency);
      const prediction = random() < skill ? truth : 1 - truth;
      return { prediction, label: random() < labelShare ? truth : null, cluster };
    });
  }).flat();
}

describe('clusteredPpiMean', () => {
  it('covers the truth as promised in 400 simulated worlds of 40 clusters, and is shorter than labels alone', () => {
    let covered = 0;
    let ratio = 0;
    const random = seededRandom('ppi');
    for (let world = 0; world < 400; world += 1) {
      const result = clusteredPpiMean(simulate(random, 40, 10, 0.25));
      if (!result.defined) throw new Error(result.reason);
      const { interval, standardError, labelsAlone } = result.value;
      if (interval.low <= 0.5 && 0.5 <= interval.high) covered += 1;
      ratio += standardError / labelsAlone.standardError / 400;
    }
    // 90 % within 3.5 standard errors of a binomial(400, 0.9)
    expect(Math.abs(covered / 400 - 0.9)).toBeLessThan(0.053);
    expect(ratio).toBeLessThan(0.9);
  });

  it('never has a larger error than the labels alone, mirrors, and does not care for order', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const units = simulate(seededRandom(seed), 8, 5, 0.5, 0.6);
        const result = clusteredPpiMean(units);
        const mirrored = clusteredPpiMean(
          units.map(({ prediction, label, cluster }) => ({
            prediction: 1 - prediction,
            label: label === null ? null : 1 - label,
            cluster,
          })),
        );
        const reversed = clusteredPpiMean([...units].reverse());
        expect(result.defined).toBe(mirrored.defined);
        if (!result.defined || !mirrored.defined || !reversed.defined) return;
        expect(result.value.standardError).toBeLessThanOrEqual(
          result.value.labelsAlone.standardError + 1e-12,
        );
        expect(mirrored.value.estimate).toBeCloseTo(1 - result.value.estimate, 10);
        expect(reversed.value.standardError).toBeCloseTo(result.value.standardError, 10);
      }),
    );
  });

  it('without predictions that vary it is the labelled mean, and one cluster is not enough', () => {
    const units = [1, 0, 1, 1].map((label, cluster) => ({ label, prediction: 0.5, cluster }));
    const result = clusteredPpiMean(units);
    expect(result).toMatchObject({ defined: true, value: { estimate: 0.75, lambda: 0 } });
    expect(clusteredPpiMean(units.map((unit) => ({ ...unit, cluster: 1 }))).defined).toBe(false);
    expect(clusteredPpiMean([]).defined).toBe(false);
  });

  it('with one unit a cluster it is close to the textbook PPI++', () => {
    const random = seededRandom('single');
    const units = simulate(random, 2000, 1, 0.2);
    const labelled = units.filter(({ label }) => label !== null);
    const clustered = clusteredPpiMean(units);
    const plain = ppiMean(
      labelled.map(({ label }) => label!),
      labelled.map(({ prediction }) => prediction),
      units.filter(({ label }) => label === null).map(({ prediction }) => prediction),
    );
    if (!clustered.defined || !plain.defined) throw new Error('both are defined here');
    expect(clustered.value.estimate).toBeCloseTo(plain.value.estimate, 2);
    expect(clustered.value.standardError / plain.value.standardError).toBeCloseTo(1, 1);
  });
});

describe('correctJudgeErrors', () => {
  it('finds the true share behind a biased judge, with the promised coverage', () => {
    const random = seededRandom('judge');
    const [truth, sensitivity, specificity] = [0.3, 0.9, 0.75];
    let covered = 0;
    for (let world = 0; world < 400; world += 1) {
      const positive = truth * sensitivity + (1 - truth) * (1 - specificity);
      let judgedPositive = 0;
      for (let unit = 0; unit < 500; unit += 1) judgedPositive += coin(random, positive);
      const draw = (share: number) =>
        Array.from({ length: 60 }).reduce<number>((sum) => sum + coin(random, share), 0);
      const result = correctJudgeErrors(judgedPositive, 500, {
        positives: 60,
        truePositives: draw(sensitivity),
        negatives: 60,
        trueNegatives: draw(specificity),
      });
      if (result.defined && result.value.interval.low <= truth && truth <= result.value.interval.high)
        covered += 1;
    }
    expect(covered / 400).toBeGreaterThan(0.86);
    expect(covered / 400).toBeLessThan(0.96);
  });

  it('is undefined for a judge no better than chance and for a missing class', () => {
    const chance = { positives: 20, truePositives: 10, negatives: 20, trueNegatives: 10 };
    expect(correctJudgeErrors(5, 10, chance).defined).toBe(false);
    expect(correctJudgeErrors(5, 10, { ...chance, positives: 0, truePositives: 0 }).defined).toBe(false);
    expect(correctJudgeErrors(0, 0, { ...chance, truePositives: 20 }).defined).toBe(false);
  });
});

describe('sequential tests under constant peeking', () => {
  it('BettingTest rejects a true hypothesis in at most alpha of 1,000 runs of 400, and finds a real gain', () => {
    let wrong = 0;
    let found = 0;
    const random = seededRandom('bets');
    for (let run = 0; run < 1000; run += 1) {
      const [same, better] = [new BettingTest(0.5, 0.05), new BettingTest(0.5, 0.05)];
      for (let unit = 0; unit < 400; unit += 1) {
        same.add(coin(random, 0.5));
        if (run < 100) better.add(coin(random, 0.62));
      }
      wrong += same.isRejected ? 1 : 0;
      found += better.isRejected ? 1 : 0;
    }
    expect(wrong / 1000).toBeLessThanOrEqual(0.05);
    expect(found / 100).toBeGreaterThan(0.8);
  });

  it('confidenceSequence covers the mean at every interim look in at least 95 % of 300 runs, and shrinks', () => {
    const random = seededRandom('sequence');
    let left = 0;
    for (let run = 0; run < 300; run += 1) {
      const intervals = confidenceSequence(
        Array.from({ length: 200 }, () => coin(random, 0.3)),
        0.05,
        200,
      );
      if (intervals.some(({ low, high }) => low > 0.3 || high < 0.3)) left += 1;
      expect(intervals.at(-1)!.high - intervals.at(-1)!.low).toBeLessThanOrEqual(
        intervals[10]!.high - intervals[10]!.low,
      );
    }
    expect(left / 300).toBeLessThanOrEqual(0.05);
  });

  it('refuses values outside [0, 1]', () => {
    expect(() => new BettingTest(0.5).add(Number.NaN)).toThrow(RangeError);
    expect(() => confidenceSequence([2])).toThrow(RangeError);
  });
});

describe('pairedDifference', () => {
  it('widens when the same data come in fewer clusters, and says when there are too few', () => {
    const random = seededRandom('pairs');
    const differences = Array.from({ length: 400 }, (_, unit) => (unit % 20 < 10 ? 1 : -1) + random());
    const run = (clusters: number[]) => {
      const result = pairedDifference(differences, clusters, { replicates: 500, random: seededRandom(1) });
      if (!result.defined) throw new Error(result.reason);
      return result.value.interval.high - result.value.interval.low;
    };
    const alone = run(differences.map((_, unit) => unit));
    const together = run(differences.map((_, unit) => unit % 20));
    expect(together).toBeGreaterThan(2 * alone);
    expect(pairedDifference([1, 2], [0, 0], { replicates: 10, random }).defined).toBe(false);
  });
});

describe('testMargin, power and gatekeeping', () => {
  it('non-inferiority passes where superiority does not, and an error of 0 decides by its sign', () => {
    const result = { difference: -0.01, standardError: 0.01, degrees: 200 };
    expect(testMargin(result, 0.05).passes).toBe(true);
    expect(testMargin(result, 0).passes).toBe(false);
    expect(testMargin({ ...result, standardError: 0 }, 0.05).pValue).toBe(0);
    expect(testMargin({ ...result, standardError: 0 }, 0).pValue).toBe(1);
  });

  it('the units that are needed bring the detectable effect down to the one that was asked for', () => {
    const target = { alpha: 0.05, power: 0.8 };
    expect(minimumDetectableEffect(0.02, target)).toBeCloseTo(0.0497, 4);
    const units = unitsNeeded(0.03, { units: 100, standardError: 0.05 }, target);
    expect(minimumDetectableEffect(0.05 * Math.sqrt(100 / units), target)).toBeLessThanOrEqual(0.03);
    expect(unitsNeeded(0, { units: 100, standardError: 0.05 }, target)).toBe(Number.POSITIVE_INFINITY);
  });

  it('a later family is never rejected when an earlier one is not', () => {
    expect(gatekeep([[0.01], [0.2], [0.001]])).toEqual([[0.01], [0.2], [0.2]]);
    expect(gatekeep([[0.01, 0.02], [0.03]])).toEqual([[0.02, 0.02], [0.03]]);
  });
});
