import { type Estimate, known, unknown } from '../estimate.ts';
import { type ReliabilityBin, reliabilityBins } from './reliability-bins.ts';

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

export function errorOfBins(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce(
    (sum, bin) => sum + (bin.count / total) * Math.abs(bin.meanOutcome - bin.meanProbability),
    0,
  );
}
