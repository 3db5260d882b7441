import type { FailureCategory } from '../../domain/failure-category.ts';
import type { RegistryEntry } from '../../domain/model-version.ts';
import { hideSmall } from './hide-small.ts';
import { type MetricLine, measureRate, metricLine, ratesOf } from './metric-line.ts';
import type { MetricValue } from './rate-tally.ts';
import { type SliceLine, sliceLines } from './slice-lines.ts';
import type { StatsWindow, Tallies } from './tally-windows.ts';
import { defaultTargets, type MetricName, type Target } from './targets.ts';
import { type AnsweredUpdate, timeToImprovement, updatesOfRegistry } from './waiting.ts';
import { type BreakdownName, breakdowns, type WindowTally } from './window-tally.ts';

/** Options of `feedbackStats`. */
export interface StatsOptions extends StatsWindow {
  /** Minimum number of authors of a shown slice. Default 5. */
  readonly k?: number;
  readonly targets?: Readonly<Partial<Record<MetricName, Target>>>;
  /** Histories of the models, if there is a registry. */
  readonly registry?: readonly (readonly RegistryEntry[])[] | null;
}

/** Complaints of one category. */
export interface FailureLine {
  readonly category: FailureCategory;
  readonly hidden: boolean;
  /** Complaints, unweighted and weighted by cleaning; null if hidden. */
  readonly events: number | null;
  readonly weight: number | null;
}

/** The JSON of `quorate feedback stats --json`. */
export interface FeedbackStats {
  readonly since: string;
  readonly until: string;
  readonly days: number;
  readonly k: number;
  readonly events: number;
  readonly superseded: number;
  readonly quarantined: number;
  readonly weighted: number;
  readonly interactions: number;
  readonly last_event_at: string | null;
  readonly metrics: readonly MetricLine[];
  /** Bounds of the positive rate of all interactions under any ratings of the unrated ones. */
  readonly positive_rate_bounds: readonly [low: number, high: number] | null;
  readonly failures: readonly FailureLine[];
  readonly slices: Readonly<Record<BreakdownName, readonly SliceLine[]>>;
  readonly updates: readonly AnsweredUpdate[];
  readonly update_source: 'registry' | 'first_seen';
  /** Age in days of the oldest complaint that no model update has answered. */
  readonly oldest_unanswered_days: number | null;
  readonly notes: readonly string[];
}

const dayMs = 86_400_000;

/** Computes the metrics of a window, compared with targets and with the previous window. */
export function feedbackStats(tallies: Tallies, options: StatsOptions): FeedbackStats {
  const { sinceMs, untilMs, k = 5, targets = defaultTargets, registry = null } = options;
  const { now, before, waiting, lastEventMs } = tallies;
  const beforeMs = 2 * sinceMs - untilMs;
  const rates = ratesOf(now).map(({ metric, of, rate }) => {
    // a share with another denominator is not comparable
    const comparable = ratesOf(before).some((earlier) => earlier.rate === rate);
    const earlier = comparable ? measureRate(before.all, rate) : null;
    const about = { metric, unit: 'share', of } as const;
    return metricLine(about, measureRate(now.all, rate), earlier?.cleaned ?? null, targets[metric]);
  });
  const promoted = updatesOfRegistry(registry ?? []);
  const updates = promoted.length > 0 ? promoted : waiting.firstSeen();
  const answered = waiting.answered(updates, sinceMs, untilMs);
  const wait = timeToImprovement(answered);
  const improvement = gateImprovement(registry ?? [], sinceMs, untilMs);
  const oldest = waiting.oldestDays(updates, untilMs);
  const waitLine = metricLine(
    { metric: 'time_to_improvement', unit: 'days', of: 'model updates' },
    { raw: wait, cleaned: wait },
    timeToImprovement(waiting.answered(updates, beforeMs, sinceMs)),
    targets.time_to_improvement,
  );
  const overdue = wait.value === null && oldest !== null && oldest > (waitLine.alert ?? Infinity);
  return {
    since: new Date(sinceMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    days: (untilMs - sinceMs) / dayMs,
    k,
    events: now.events,
    superseded: now.superseded,
    quarantined: now.quarantined,
    weighted: now.weighted,
    interactions: now.interactions,
    last_event_at: lastEventMs === null ? null : new Date(lastEventMs).toISOString(),
    metrics: [
      ...rates,
      overdue ? { ...waitLine, status: 'alert', sure: true } : waitLine,
      metricLine(
        { metric: 'improvement', unit: 'share', of: 'items of the last gate' },
        { raw: improvement, cleaned: improvement },
        gateImprovement(registry ?? [], beforeMs, sinceMs),
        targets.improvement,
      ),
    ],
    positive_rate_bounds: boundsOf(now),
    failures: failureLines(now, k),
    slices: Object.fromEntries(
      breakdowns.map((name) => [name, sliceLines(name, now, before, { k, targets })]),
    ) as Record<BreakdownName, readonly SliceLine[]>,
    updates: answered,
    update_source: promoted.length > 0 ? 'registry' : 'first_seen',
    oldest_unanswered_days: oldest,
    notes: notesOf(now, overdue),
  };
}

/** Worst-case bounds (Manski 1989): all or none of the unrated interactions could have been positive. */
function boundsOf(now: WindowTally): readonly [number, number] | null {
  const positive = now.all.positive.measure().cleaned.value;
  if (positive === null || now.interactions === 0) return null;
  const share = now.rated / now.interactions;
  return [positive * share, positive * share + 1 - share];
}

function failureLines({ failures }: WindowTally, k: number): readonly FailureLine[] {
  const lines = [...failures].sort(([, a], [, b]) => b.raw.units.n - a.raw.units.n);
  const hidden = hideSmall(
    lines.map(([, { authors }]) => ({ filled: true, authors })),
    k,
  );
  return lines.map(([category, { raw, cleaned }], index) => {
    if (hidden.has(index)) return { category, hidden: true, events: null, weight: null };
    const weight = cleaned.units.weight.reduce((sum, one) => sum + one, 0);
    return { category, hidden: false, events: raw.units.n, weight: Math.round(weight * 1000) / 1000 };
  });
}

function notesOf(now: WindowTally, overdue: boolean): readonly string[] {
  const notes: string[] = [];
  if (now.events === 0) notes.push('no events in this window');
  else if (now.superseded === now.events)
    notes.push('every event of this window was superseded by a later one');
  else if (now.superseded + now.quarantined === now.events)
    notes.push('cleaning set every event of this window aside: cleaned rates are unknown');
  if (now.interactions === 0) {
    notes.push(
      'no interactions were recorded in this window: the collection rate is unknown, and safety flags are counted over responses with feedback, which overstates their rate',
    );
  }
  if (overdue) notes.push('no model update answered the feedback that waits longest');
  return notes;
}

/** Improvement in the last gate of a window over all items: its first required criterion, with the gate's interval. */
function gateImprovement(
  histories: readonly (readonly RegistryEntry[])[],
  sinceMs: number,
  untilMs: number,
): MetricValue {
  const last = histories
    .flat()
    .filter((entry) => entry.kind === 'gated')
    .filter(({ at }) => Date.parse(at) >= sinceMs && Date.parse(at) < untilMs)
    .reduce<Extract<RegistryEntry, { kind: 'gated' }> | null>(
      (latest, entry) => (latest === null || Date.parse(entry.at) >= Date.parse(latest.at) ? entry : latest),
      null,
    );
  if (last === null) {
    return { value: null, low: null, high: null, n: 0, reason: 'no gate was recorded in this window' };
  }
  const criterion = last.criteria.find(
    ({ slice, required, measured }) => slice === null && required && measured !== null,
  );
  if (criterion?.measured == null) {
    return {
      value: null,
      low: null,
      high: null,
      n: 0,
      reason: `the gate of ${last.version} measured nothing`,
    };
  }
  const { improvement, interval } = criterion.measured;
  return { value: improvement, low: interval[0], high: interval[1], n: criterion.items };
}
