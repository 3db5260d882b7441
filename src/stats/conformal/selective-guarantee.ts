import { type Estimate, known, unknown } from '../estimate.ts';
import { clopperPearsonUpper } from '../intervals/proportion.ts';

export interface SelectiveGuarantee {
  /** Keep decisions with confidence at or above it. */
  readonly threshold: number;
  /** Holds with probability >= 1 - delta over calibration sets: error rate among the kept <= riskBound. */
  readonly riskBound: number;
  readonly kept: number;
  readonly errors: number;
}

/**
 * Selection with guaranteed risk (Geifman & El-Yaniv 2017, SGR): binary search over confidence ranks for the largest
 * share whose Clopper-Pearson upper bound on the error rate stays within `targetRisk`, with delta divided by the
 * number of looks. Undefined where no share can be guaranteed.
 */
export function selectiveGuarantee(
  confidences: ArrayLike<number>,
  correct: ArrayLike<number>,
  targetRisk: number,
  delta = 0.1,
): Estimate<SelectiveGuarantee> {
  const n = confidences.length;
  if (n === 0) return unknown('no calibration decisions');
  const sorted = Array.from({ length: n }, (_, index) => index).sort(
    (a, b) => confidences[b]! - confidences[a]!,
  );
  const looks = Math.max(1, Math.ceil(Math.log2(n)));
  let low = 1;
  let high = n;
  let best: SelectiveGuarantee | null = null;
  for (let look = 0; look < looks && low <= high; look += 1) {
    const threshold = confidences[sorted[((low + high) >> 1) - 1]!]!;
    let kept = 0;
    let errors = 0;
    while (kept < n && confidences[sorted[kept]!]! >= threshold) {
      errors += 1 - correct[sorted[kept]!]!;
      kept += 1;
    }
    const riskBound = clopperPearsonUpper(errors, kept, delta / looks);
    if (riskBound <= targetRisk) {
      if (best === null || kept > best.kept) best = { threshold, riskBound, kept, errors };
      low = kept + 1;
    } else high = ((low + high) >> 1) - 1;
  }
  return best === null
    ? unknown(
        `no share of ${n} decisions can be guaranteed an error rate of ${targetRisk} at confidence ${1 - delta}`,
      )
    : known(best);
}
