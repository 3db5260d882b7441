import type {
  GateAnswer,
  GateCriterionResult,
  GateMeasurement,
  GateMultiplicity,
} from '../../domain/gate.ts';
import type { GateSettings } from '../../domain/gate-settings.ts';
import { adjustPValues, gatekeep } from '../../stats/multiple-testing/adjust-p-values.ts';
import { minimumDetectableEffect, type PowerTarget, unitsNeeded } from '../../stats/testing/power.ts';
import { estimateEffect, type LookKind } from './estimate-effect.ts';
import { clusterCount, type Effect, type Hypothesis, thresholdOf } from './hypothesis.ts';

interface Tested {
  readonly hypothesis: Hypothesis;
  readonly threshold: number;
  readonly items: number;
  readonly clusters: number;
  readonly measured: Effect | null;
  /** Why there is no measurement. */
  readonly reason: string;
}

/** Tests every hypothesis in both directions and corrects for multiple testing. A hypothesis passes if "not better than
 * its threshold" is rejected, fails if "not worse than it" is, and is inconclusive otherwise. A hypothesis that could not
 * be measured counts as not rejected (p = 1).
 */
export function decideCriteria(
  hypotheses: readonly Hypothesis[],
  settings: GateSettings,
  look: LookKind,
): readonly GateCriterionResult[] {
  const tested = hypotheses.map((hypothesis) => test(hypothesis, settings, look));
  const pass = correct(
    tested.map(({ measured }) => measured?.pPass ?? 1),
    hypotheses.map(({ priority }) => priority),
    settings.multiplicity,
  );
  // one failure fails the gate, so failures are always corrected by Holm, whatever the priorities
  const fail = adjustPValues(
    tested.map(({ measured }) => measured?.pFail ?? 1),
    'holm',
  );
  return tested.map((one, index) => resultOf(one, pass[index]!, fail[index]!, settings, hypotheses.length));
}

function test(hypothesis: Hypothesis, settings: GateSettings, look: LookKind): Tested {
  const threshold = thresholdOf(hypothesis);
  const { evidence, metric } = hypothesis;
  const base = { hypothesis, threshold };
  if ('missing' in evidence)
    return { ...base, items: 0, clusters: 0, measured: null, reason: evidence.missing };
  const measured = estimateEffect(metric, evidence, threshold, settings, look);
  const size = { items: evidence.values.length, clusters: clusterCount(evidence) };
  return measured.defined
    ? { ...base, ...size, measured: measured.value, reason: '' }
    : { ...base, ...size, measured: null, reason: measured.reason };
}

function correct(
  pValues: readonly number[],
  priorities: readonly number[],
  multiplicity: GateMultiplicity,
): readonly number[] {
  if (multiplicity === 'none') return pValues;
  if (multiplicity === 'holm') return adjustPValues(pValues, 'holm');
  const order = [...new Set(priorities)].sort((one, other) => one - other);
  const families = order.map((priority) =>
    priorities.flatMap((own, index) => (own === priority ? [index] : [])),
  );
  const adjusted = new Array<number>(pValues.length).fill(1);
  gatekeep(families.map((family) => family.map((index) => pValues[index]!))).forEach((family, at) => {
    family.forEach((p, place) => {
      adjusted[families[at]![place]!] = p;
    });
  });
  return adjusted;
}

function resultOf(
  { hypothesis, threshold, items, clusters, measured, reason }: Tested,
  pPass: number,
  pFail: number,
  settings: GateSettings,
  count: number,
): GateCriterionResult {
  const { id, metric, test: kind, slice, margin, required } = hypothesis;
  const base = { id, metric, test: kind, slice, margin, threshold, required, items, clusters };
  if (measured === null) return { ...base, answer: 'inconclusive', reason, measured: null };
  const { alpha, power, multiplicity } = settings;
  const answer: GateAnswer = pPass <= alpha ? 'pass' : pFail <= alpha ? 'fail' : 'inconclusive';
  const share = multiplicity === 'none' ? 1 : count;
  const reach = sampleSizeFor(measured, threshold, items, { alpha: alpha / share, power });
  const reported: GateMeasurement = {
    method: measured.method,
    improvement: measured.improvement,
    interval: [measured.interval.low, measured.interval.high],
    standard_error: measured.standardError,
    p_pass: measured.pPass,
    p_fail: measured.pFail,
    p_pass_adjusted: pPass,
    p_fail_adjusted: pFail,
    minimum_detectable_effect: reach.minimumDetectableEffect,
    more_items: answer === 'inconclusive' ? reach.moreItems : 0,
    ...(measured.labels !== undefined && { labels: measured.labels }),
    ...(measured.effectiveLabels !== undefined && { effective_labels: measured.effectiveLabels }),
    ...(measured.sensitivity !== undefined && { sensitivity: measured.sensitivity }),
    ...(measured.specificity !== undefined && { specificity: measured.specificity }),
    ...(measured.uncorrected && {
      uncorrected: {
        improvement: measured.uncorrected.improvement,
        interval: [measured.uncorrected.interval.low, measured.uncorrected.interval.high] as const,
      },
    }),
  };
  return { ...base, answer, reason: explain(answer, reported, threshold, settings), measured: reported };
}

function explain(
  answer: GateAnswer,
  { improvement, p_pass: raw, p_pass_adjusted: adjusted, more_items: more }: GateMeasurement,
  threshold: number,
  { alpha, multiplicity }: GateSettings,
): string {
  const seen = percentPoints(improvement);
  const wanted = percentPoints(threshold);
  if (answer === 'pass') return `${seen} is shown to be above ${wanted}`;
  if (answer === 'fail') return `${seen} is shown to be below ${wanted}`;
  const undecided = `${seen} is not distinguishable from ${wanted}`;
  if (raw <= alpha && adjusted > alpha)
    return `${seen} is above ${wanted} before, but not after correction for multiple testing (${multiplicity})`;
  if (more === null) return undecided;
  return `${undecided}; about ${more} more items like these would decide`;
}

/** Formats a difference in percentage points of the metric's scale: `+3.2 %`. */
export function percentPoints(difference: number): string {
  const text = (difference * 100).toFixed(1);
  return `${difference > 0 ? '+' : ''}${text === '-0.0' ? '0.0' : text} %`;
}

/** What the present sample can detect, and how much larger it should be. */
interface SampleSizeAdvice {
  /** Smallest true distance from the threshold that this many items detect with the target power; null without variance. */
  readonly minimumDetectableEffect: number | null;
  /** Further items needed if the true effect is as estimated; null if no number suffices or it is unknown. */
  readonly moreItems: number | null;
}

/** Minimum detectable effect and further items needed. The log-wealth of a betting test grows by about δ²/2σ² per item, so
 * it needs 2σ² ln(1/alpha) / δ² items on average (Waudby-Smith & Ramdas 2023); a fixed test needs (z_alpha + z_power)² σ²/δ².
 */
function sampleSizeFor(
  { method, improvement, standardError }: Effect,
  threshold: number,
  items: number,
  target: PowerTarget,
): SampleSizeAdvice {
  if (standardError === null || standardError === 0)
    return { minimumDetectableEffect: null, moreItems: null };
  const distance = Math.abs(improvement - threshold);
  if (method === 'betting') {
    const smallest = Math.sqrt(2 * Math.log(1 / target.alpha)) * standardError;
    const needed = Math.ceil(items * (smallest / distance) ** 2);
    return { minimumDetectableEffect: smallest, moreItems: beyond(needed, items) };
  }
  return {
    minimumDetectableEffect: minimumDetectableEffect(standardError, target),
    moreItems: beyond(unitsNeeded(distance, { units: items, standardError }, target), items),
  };
}

/** At least one: the present items have not decided. */
function beyond(needed: number, items: number): number | null {
  return Number.isFinite(needed) ? Math.max(1, needed - items) : null;
}
