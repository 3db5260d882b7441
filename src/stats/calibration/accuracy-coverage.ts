import { type Estimate, known, unknown } from '../estimate.ts';
import { checkScored } from './proper-scores.ts';

/**
 * One point of the accuracy-coverage curve; shares are in [0, 1].
 * @example
 * const point: CoveragePoint = { coverage: 0.5, accuracy: 0.9, threshold: 0.8, count: 50 };
 */
export interface CoveragePoint {
  /** Share of the decisions kept: those with confidence at or above the threshold. */
  readonly coverage: number;
  readonly accuracy: number;
  readonly threshold: number;
  readonly count: number;
}

/**
 * Accuracy of the most confident share, at every distinct confidence (El-Yaniv & Wiener 2010); coverage increases.
 * @example
 * accuracyCoverage([0.9, 0.8, 0.6], [1, 1, 0]);
 * // [{ coverage: 0.3333, accuracy: 1, threshold: 0.9, count: 1 }, { coverage: 0.6667, accuracy: 1, …
 */
export function accuracyCoverage(
  confidences: ArrayLike<number>,
  correct: ArrayLike<number>,
): CoveragePoint[] {
  checkScored(confidences, correct);
  const order = Uint32Array.from({ length: confidences.length }, (_, index) => index).sort(
    (a, b) => confidences[b]! - confidences[a]!,
  );
  const points: CoveragePoint[] = [];
  let right = 0;
  for (let index = 0; index < order.length; index += 1) {
    const at = order[index]!;
    right += correct[at]!;
    if (index + 1 < order.length && confidences[order[index + 1]!] === confidences[at]) continue;
    const count = index + 1;
    points.push({
      coverage: count / order.length,
      accuracy: right / count,
      threshold: confidences[at]!,
      count,
    });
  }
  return points;
}

/**
 * Area under the risk-coverage curve (Geifman & El-Yaniv 2019): mean over decisions of 1 - accuracy at its threshold; ties share one point.
 * @example
 * riskCoverageArea([0.9, 0.8, 0.6], [1, 1, 0]); // 0.1111
 */
export function riskCoverageArea(confidences: ArrayLike<number>, correct: ArrayLike<number>): Estimate {
  const points = accuracyCoverage(confidences, correct);
  if (points.length === 0) return unknown('no decisions');
  let area = 0;
  let covered = 0;
  for (const point of points) {
    area += (point.coverage - covered) * (1 - point.accuracy);
    covered = point.coverage;
  }
  return known(area);
}
