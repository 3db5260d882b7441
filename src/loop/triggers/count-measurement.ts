import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { TriggerRule } from '../../domain/loop.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { clusteredProportion } from '../../stats/intervals/clustered-proportion.ts';
import type { TriggerParts } from './measurement.ts';
import { isCounted, type Measurement, negativeRating } from './measurement.ts';
import { arrivedSince, eventsOf, markOf, windowOf } from './window.ts';

/** Events named in the evidence of a count. */
export const maxNamedEvents = 50;

/** A count of events against the thresholds of a trigger. */
export function countMeasurement(
  parts: TriggerParts,
  rule: TriggerRule,
  unit: string,
  events: readonly Pick<FeedbackEvent, 'id' | 'author'>[],
): Measurement {
  const n = events.length;
  return {
    standing: n < rule.minimum ? 'under' : n > rule.over ? 'over' : n <= rule.rearmAt ? 'under' : 'between',
    cause: unit,
    evidence: {
      value: n,
      unit,
      over: rule.over,
      bound: null,
      confidence: null,
      n,
      authors: new Set(events.map(({ author }) => author)).size,
      ...windowOf(parts, rule),
      detail: { events: events.slice(0, maxNamedEvents).map(({ id }) => id) },
    },
  };
}

/** Counts events about missing or unknown information. */
export async function measureKnowledgeGaps(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const gaps: Pick<FeedbackEvent, 'id' | 'author'>[] = [];
  for await (const stored of eventsOf(parts, rule)) {
    const { id, author } = stored.event;
    if (isCounted(stored) && parts.isKnowledgeGap(stored)) gaps.push({ id, author });
  }
  return countMeasurement(parts, rule, 'events', gaps);
}

/** New safety flags of every version; events count before cleaning, quarantined ones never. Assessed often, so only events
 * that arrived since the last assessment are read, and pending ones are looked up.
 */
export async function measureSafetyFlags(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const before = await parts.store.triggerState('safety_flags');
  const { since, until } = windowOf(parts, rule);
  const flags: FeedbackEvent[] = [];
  const early: string[] = [];
  const take = ({ event, decision }: StoredEvent): void => {
    if (event.kind !== 'flag' || event.flag !== 'safety' || decision?.weight === 0) return;
    const atMs = Date.parse(event.at);
    if (atMs >= Date.parse(until)) early.push(event.id);
    else if (atMs >= Date.parse(since)) flags.push(event);
  };
  let to = before?.seen_to ?? null;
  if (parts.feedback !== null) {
    for (const id of before?.waiting ?? []) {
      const stored = await parts.feedback.event(id);
      if (stored !== undefined) take(stored);
    }
    for await (const stored of arrivedSince(parts.feedback, to)) {
      take(stored);
      to = markOf(stored);
    }
  }
  const ids = flags.map(({ id }) => id);
  return {
    ...countMeasurement(parts, rule, 'new safety flags', flags),
    // other flags are another cause
    cause: ids.slice(-maxNamedEvents).join(' '),
    seen: { to, waitingIfFired: early, waitingIfNot: [...ids, ...early] },
  };
}

/** Share of negative ratings of the version in production, with a lower bound clustered by author. */
export async function measureNegativeRate(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const ratings: number[] = [];
  const authors: string[] = [];
  for await (const stored of eventsOf(parts, rule, parts.model.production?.served_as)) {
    const rating = negativeRating(stored);
    if (rating === undefined || !isCounted(stored)) continue;
    ratings.push(rating);
    authors.push(stored.event.author);
  }
  const estimate = clusteredProportion(ratings, authors, 2 * (1 - rule.confidence));
  const n = ratings.length;
  const base = { unit: 'share of ratings', over: rule.over, n, ...windowOf(parts, rule) };
  const version = parts.model.production?.served_as ?? null;
  const cause = `version ${version ?? 'unknown'}`;
  if (n < rule.minimum || !estimate.defined) {
    const why = estimate.defined ? `${n} ratings of at least ${rule.minimum}` : estimate.reason;
    const value = n === 0 ? null : ratings.reduce((sum, rating) => sum + rating, 0) / n;
    const distinct = new Set(authors).size;
    const evidence = { ...base, value, bound: null, confidence: rule.confidence, authors: distinct };
    return { standing: 'too_little_data', cause, evidence: { ...evidence, detail: { version, why } } };
  }
  const { share, low, clusters, effective } = estimate.value;
  return {
    standing: low > rule.over ? 'over' : share <= rule.rearmAt ? 'under' : 'between',
    cause,
    evidence: {
      ...base,
      value: share,
      bound: low,
      confidence: rule.confidence,
      authors: clusters,
      detail: { version, effective_n: Math.round(effective * 10) / 10 },
    },
  };
}
