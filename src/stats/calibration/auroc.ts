import { type Estimate, known, unknown } from '../estimate.ts';
import { checkScored } from './proper-scores.ts';

/**
 * Area under the ROC curve = P(score of a positive > score of a negative), ties half (Hanley & McNeil 1982),
 * through midranks. Fractional outcomes count as that much of a positive. Undefined when one class is absent.
 * @example
 * auroc([0.9, 0.8, 0.3, 0.1], [1, 0, 1, 0]); // 0.75
 */
export function auroc(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Estimate {
  checkScored(scores, outcomes);
  const order = Array.from({ length: scores.length }, (_, index) => index).sort(
    (a, b) => scores[a]! - scores[b]!,
  );
  let negativesBelow = 0;
  let positives = 0;
  let sum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let tiedPositives = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) {
      tiedPositives += outcomes[order[end]!]!;
      end += 1;
    }
    const tiedNegatives = end - start - tiedPositives;
    sum += tiedPositives * (negativesBelow + tiedNegatives / 2);
    negativesBelow += tiedNegatives;
    positives += tiedPositives;
    start = end;
  }
  if (positives === 0 || negativesBelow === 0) return unknown('only one class is present');
  return known(sum / (positives * negativesBelow));
}
