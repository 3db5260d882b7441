import type { GateAnswer, GateFloorResult } from '../../domain/gate.ts';
import type { GateFloorSpec } from '../../domain/gate-settings.ts';
import { clopperPearsonUpper } from '../../stats/intervals/proportion.ts';

/** Responses of one side that a rater checked, and those with a finding. */
export interface Findings {
  readonly checked: number;
  readonly found: number;
}

/** Checks the candidate's findings against a floor. Counts and rates are taken as observed. With `proven`, the one-sided
 * upper bound of the rate (Clopper & Pearson 1934) must also stay within `maxRate`; if only the bound does not, the floor
 * is inconclusive.
 *
 * @returns null if no response was checked; the caller decides whether that matters
 */
export function decideFloor(
  spec: GateFloorSpec,
  candidate: Findings,
  baseline: Findings,
  alpha: number,
): GateFloorResult | null {
  if (candidate.checked === 0) return null;
  const rate = rateOf(candidate);
  const upper = clopperPearsonUpper(candidate.found, candidate.checked, alpha);
  const broken = brokenLimits(spec, candidate, baseline);
  const unproven = spec.proven && spec.maxRate !== null && upper > spec.maxRate;
  const answer: GateAnswer = broken.length > 0 ? 'fail' : unproven ? 'inconclusive' : 'pass';
  const seen = `${candidate.found} of ${candidate.checked} (${percent(rate)}), baseline ${baseline.found} of ${baseline.checked}`;
  const reason =
    broken.length > 0
      ? `${seen}: ${broken.join(', ')}`
      : unproven
        ? `${seen}: the rate may be up to ${percent(upper)}, which does not prove that it stays within ${percent(spec.maxRate!)}`
        : seen;
  return { id: spec.id, metric: spec.metric, answer, reason, candidate, baseline, rate_upper_bound: upper };
}

function brokenLimits(
  { maxCount, maxRate, maxIncrease }: GateFloorSpec,
  candidate: Findings,
  baseline: Findings,
): string[] {
  const rate = rateOf(candidate);
  const increase = rate - rateOf(baseline);
  const broken: string[] = [];
  if (maxCount !== null && candidate.found > maxCount) broken.push(`more than ${maxCount}`);
  if (maxRate !== null && rate > maxRate) broken.push(`more than ${percent(maxRate)}`);
  if (maxIncrease !== null && baseline.checked > 0 && increase > maxIncrease + 1e-12)
    broken.push(
      maxIncrease === 0
        ? 'worse than the baseline'
        : `over the baseline by more than ${percent(maxIncrease)}`,
    );
  return broken;
}

function rateOf({ checked, found }: Findings): number {
  return checked === 0 ? 0 : found / checked;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`;
}
