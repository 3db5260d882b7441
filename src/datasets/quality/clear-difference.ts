import { notMeasured, percent, type QualityCheck, statusOf } from './check.ts';

/** MUST: the probability of every pair shows a clear difference between chosen and rejected. */
export function clearDifference(minProbability: number): QualityCheck {
  const target = `every pair has a probability of at least ${minProbability}`;
  let n = 0;
  let below = 0;
  let sum = 0;
  return {
    observe(example) {
      if (example.kind !== 'preference' || example.meta.probability === null) return;
      n += 1;
      sum += example.meta.probability;
      if (example.meta.probability < minProbability) below += 1;
    },
    conclude() {
      if (n === 0) return notMeasured('clear_difference', 'MUST', target, 'no pair carries a probability');
      return {
        check: 'clear_difference',
        level: 'MUST',
        status: statusOf('MUST', below === 0),
        value: below / n,
        n,
        target,
        message: `${below} of ${n} pairs are below ${minProbability}; mean probability ${(sum / n).toFixed(3)}`,
      };
    },
  };
}

/** SHOULD: an estimate of wrong labels, as accurate as the probabilities. */
export function labelNoise(maxNoise = 0.2): QualityCheck {
  const target = `at most ${percent(maxNoise)} wrong pairs expected`;
  let n = 0;
  let wrong = 0;
  let calibrated = 0;
  return {
    observe(example) {
      if (example.kind !== 'preference' || example.meta.probability === null) return;
      n += 1;
      wrong += 1 - example.meta.probability;
      if (example.meta.basis === 'calibrated') calibrated += 1;
    },
    conclude() {
      if (n === 0) return notMeasured('label_noise', 'SHOULD', target, 'no pair carries a probability');
      const share = wrong / n;
      const basis = calibrated === n ? 'calibrated' : 'uncalibrated';
      return {
        check: 'label_noise',
        level: 'SHOULD',
        status: statusOf('SHOULD', share <= maxNoise),
        value: share,
        n,
        target,
        message: `${percent(share)} of the pairs are expected to be wrong (${basis} probabilities)`,
        details: { calibrated_pairs: calibrated },
      };
    },
  };
}

/** SHOULD: there are easy and hard pairs, by their probability. */
export function difficultyBalance(): QualityCheck {
  const target = 'easy (from .9) and hard (below .8) pairs each make up at least 5 %';
  const bands = { hard: 0, middle: 0, easy: 0 };
  let n = 0;
  return {
    observe(example) {
      const probability = example.kind === 'preference' ? example.meta.probability : null;
      if (probability === null) return;
      n += 1;
      if (probability >= 0.9) bands.easy += 1;
      else if (probability < 0.8) bands.hard += 1;
      else bands.middle += 1;
    },
    conclude() {
      if (n === 0)
        return notMeasured('difficulty_balance', 'SHOULD', target, 'no pair carries a probability');
      const smallest = Math.min(bands.easy, bands.hard) / n;
      return {
        check: 'difficulty_balance',
        level: 'SHOULD',
        status: statusOf('SHOULD', smallest >= 0.05),
        value: smallest,
        n,
        target,
        message: `easy ${percent(bands.easy / n)}, middle ${percent(bands.middle / n)}, hard ${percent(bands.hard / n)}`,
        details: bands,
      };
    },
  };
}
