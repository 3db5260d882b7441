import type { MetricValue } from './rate-tally.ts';
import type { RateName, SliceTally } from './slice-tally.ts';
import { differenceOf, type MetricName, type Standing, standingOf, type Target } from './targets.ts';
import type { WindowTally } from './window-tally.ts';

/** One metric of one window, with its targets and the previous window. */
export interface MetricLine extends Standing {
  readonly metric: MetricName;
  readonly unit: 'share' | 'days';
  /** Denominator of a share. */
  readonly of: string;
  readonly target: number | null;
  readonly alert: number | null;
  /** With the weights of cleaning; status and trend use it. */
  readonly cleaned: MetricValue;
  /** Before cleaning. */
  readonly raw: MetricValue;
  readonly previous: MetricValue | null;
  /** Difference from the previous window, of the cleaned values. */
  readonly trend: MetricValue | null;
}

interface RateOfTally {
  readonly metric: MetricName;
  readonly of: string;
  readonly rate: RateName;
}

/** The shares of a window; without recorded interactions two of them have another denominator, or are unknown. */
export function ratesOf({ interactions }: WindowTally): readonly RateOfTally[] {
  const flags: RateOfTally =
    interactions > 0
      ? { metric: 'safety_flag_rate', of: 'interactions', rate: 'flagged' }
      : {
          metric: 'safety_flag_rate',
          of: 'responses with feedback (no interactions recorded)',
          rate: 'flaggedOfAnswered',
        };
  return [
    { metric: 'positive_rate', of: 'ratings', rate: 'positive' },
    { metric: 'correction_rate', of: 'opinions (one person on one response)', rate: 'corrected' },
    flags,
    { metric: 'collection_rate', of: 'interactions', rate: 'collected' },
    { metric: 'knowledge_gap_rate', of: 'opinions (one person on one response)', rate: 'gaps' },
  ];
}

export interface Measured {
  readonly raw: MetricValue;
  readonly cleaned: MetricValue;
}

export function measureRate(slice: SliceTally, rate: RateName): Measured {
  return slice[rate].measure();
}

export function metricLine(
  about: Pick<MetricLine, 'metric' | 'unit' | 'of'>,
  now: Measured,
  before: MetricValue | null,
  target: Target | undefined,
): MetricLine {
  return {
    ...about,
    target: target?.target ?? null,
    alert: target?.alert ?? null,
    ...standingOf(now.cleaned, target),
    cleaned: now.cleaned,
    raw: now.raw,
    previous: before,
    trend: before === null ? null : differenceOf(now.cleaned, before),
  };
}
