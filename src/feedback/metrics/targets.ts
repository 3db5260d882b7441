import type { MetricValue } from './rate-tally.ts';

/** The metrics of a feedback loop. */
export const metricNames = [
  'positive_rate',
  'correction_rate',
  'safety_flag_rate',
  'collection_rate',
  'knowledge_gap_rate',
  'time_to_improvement',
  'improvement',
] as const;
export type MetricName = (typeof metricNames)[number];

export interface Target {
  readonly better: 'high' | 'low';
  /** Met beyond this. */
  readonly target: number;
  /** Alert beyond this on the other side. */
  readonly alert: number;
}

/** Shares, and days for the time to improvement. Metrics without an entry have no status. */
export const defaultTargets: Readonly<Partial<Record<MetricName, Target>>> = {
  positive_rate: { better: 'high', target: 0.8, alert: 0.7 },
  correction_rate: { better: 'low', target: 0.1, alert: 0.2 },
  safety_flag_rate: { better: 'low', target: 0.001, alert: 0.005 },
  collection_rate: { better: 'high', target: 0.15, alert: 0.05 },
  time_to_improvement: { better: 'low', target: 7, alert: 14 },
  improvement: { better: 'high', target: 0.03, alert: 0 },
};

/** Status by the value; `sure` if the whole interval is on that side of the threshold. */
export interface Standing {
  readonly status: 'met' | 'between' | 'alert' | 'unknown';
  readonly sure: boolean;
}

export function standingOf({ value, low, high }: MetricValue, target: Target | undefined): Standing {
  if (value === null || target === undefined) return { status: 'unknown', sure: false };
  const sign = target.better === 'high' ? 1 : -1;
  const beyond = (number: number, threshold: number) => sign * (number - threshold);
  const [worst, best] = sign === 1 ? [low, high] : [high, low];
  if (beyond(value, target.target) > 0) {
    return { status: 'met', sure: worst !== null && beyond(worst, target.target) > 0 };
  }
  // no improvement at all is an alert, as is a share beyond its threshold
  const alarming = beyond(value, target.alert) < 0 || (target.alert === 0 && value === 0);
  if (!alarming) return { status: 'between', sure: false };
  return { status: 'alert', sure: best !== null && beyond(best, target.alert) < 0 };
}

/** Difference from the previous window, with Newcombe's hybrid interval (1998, method 10) from the two intervals. Windows are
 * treated as independent, which is conservative if the same authors rate in both. Null if either is unknown.
 */
export function differenceOf(now: MetricValue, before: MetricValue): MetricValue | null {
  if (now.value === null || before.value === null) return null;
  const value = now.value - before.value;
  const n = now.n + before.n;
  if (now.low === null || now.high === null || before.low === null || before.high === null)
    return { value, low: null, high: null, n };
  const low = value - Math.hypot(now.value - now.low, before.high - before.value);
  const high = value + Math.hypot(now.high - now.value, before.value - before.low);
  return { value, low, high, n };
}
