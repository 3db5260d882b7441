import { type Estimate, known, unknown } from '../estimate.ts';
import { checkScored } from './proper-scores.ts';

/**
 * The probabilities in (low, high], and what became of them; all in [0, 1].
 * @example
 * const bin: ReliabilityBin = { low: 0.8, high: 0.9, count: 20, meanProbability: 0.86, meanOutcome: 0.75 };
 */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  readonly meanProbability: number;
  readonly meanOutcome: number;
}

/**
 * The bins (k/B, (k+1)/B] of a reliability diagram, the first closed below; empty bins are left out.
 * Murphy & Winkler (1977).
 * @example
 * reliabilityBins([0.1, 0.3, 0.9], [0, 1, 1], 2);
 * // [{ low: 0, high: 0.5, count: 2, meanProbability: 0.2, meanOutcome: 0.5 }, { low: 0.5, high: 1, …
 */
export function reliabilityBins(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  binCount = 10,
): ReliabilityBin[] {
  checkScored(probabilities, outcomes);
  const sums = Array.from({ length: binCount }, () => ({ count: 0, probability: 0, outcome: 0 }));
  for (let index = 0; index < probabilities.length; index += 1) {
    const probability = probabilities[index]!;
    if (probability < 0 || probability > 1) {
      throw new RangeError(`at ${index}: a probability in [0, 1] is needed, received ${probability}`);
    }
    const bin = sums[binOf(probability, binCount)]!;
    bin.count += 1;
    bin.probability += probability;
    bin.outcome += outcomes[index]!;
  }
  return sums.flatMap(({ count, probability, outcome }, k) =>
    count === 0
      ? []
      : [
          {
            low: k / binCount,
            high: (k + 1) / binCount,
            count,
            meanProbability: probability / count,
            meanOutcome: outcome / count,
          },
        ],
  );
}

/** Compares with the edges themselves, so that 0.3 falls into (0.2, 0.3] in spite of 0.3 · 10 > 3. */
function binOf(probability: number, binCount: number): number {
  let bin = Math.max(0, Math.min(binCount - 1, Math.ceil(probability * binCount) - 1));
  if (bin > 0 && probability <= bin / binCount) bin -= 1;
  return bin;
}

/**
 * ECE = Σ_bins (n_bin / n) |mean outcome - mean probability| (Naeini et al. 2015; Guo et al. 2017), bins of equal width.
 * It is biased upwards on small samples: a perfectly calibrated predictor does not score 0.
 * @example
 * expectedCalibrationError([0.9, 0.9, 0.6, 0.6], [1, 1, 1, 0]); // 0.1
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  binCount = 10,
): Estimate {
  if (probabilities.length === 0) return unknown('no probabilities');
  return known(errorOfBins(reliabilityBins(probabilities, outcomes, binCount)));
}

/**
 * Expected calibration error of bins (Naeini, Cooper & Hauskrecht 2015): Σ count/n · |mean outcome - mean probability|.
 * @example
 * errorOfBins(reliabilityBins([0.1, 0.3, 0.9], [0, 1, 1])); // 0.3
 */
export function errorOfBins(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce(
    (sum, bin) => sum + (bin.count / total) * Math.abs(bin.meanOutcome - bin.meanProbability),
    0,
  );
}
