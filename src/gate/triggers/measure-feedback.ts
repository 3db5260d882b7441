import type { TriggerRule } from '../../domain/loop.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { clusteredProportion } from '../../stats/intervals/clustered-proportion.ts';
import { dayMs, isCounted, type Measurement, negativeRating, timeText } from './measurement.ts';
import type { TriggerParts } from './trigger-parts.ts';

const mostNamed = 50;

/** Share of negative ratings of the version in production, with a bound that knows that one person may rate often. */
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
    const people = new Set(authors).size;
    const evidence = { ...base, value, bound: null, confidence: rule.confidence, authors: people };
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

/** Events that say that something is missing or was not known. */
export async function measureKnowledgeGaps(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  return countEvents(parts, rule, 'events', (stored) => isCounted(stored) && parts.isKnowledgeGap(stored));
}

/** Flags of safety that nobody was told of; those of every version, and before cleaning, except what it set aside. */
export async function measureSafetyFlags(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const told = new Set((await parts.store.triggerState('safety_flags'))?.told);
  const seen: string[] = [];
  const all = await countEvents(parts, rule, 'flags nobody was told of', (stored) => {
    const { event } = stored;
    if (event.kind !== 'flag' || event.flag !== 'safety' || stored.decision?.weight === 0) return false;
    seen.push(event.id);
    return !told.has(event.id);
  });
  // other flags are another cause
  return { ...all, cause: seen.slice(-mostNamed).join(' '), seen };
}

async function countEvents(
  parts: TriggerParts,
  rule: TriggerRule,
  unit: string,
  counts: (stored: StoredEvent) => boolean,
): Promise<Measurement> {
  const ids: string[] = [];
  const authors = new Set<string>();
  let n = 0;
  for await (const stored of eventsOf(parts, rule)) {
    if (!counts(stored)) continue;
    n += 1;
    authors.add(stored.event.author);
    if (ids.length < mostNamed) ids.push(stored.event.id);
  }
  const window = windowOf(parts, rule);
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
      authors: authors.size,
      ...window,
      detail: { events: ids },
    },
  };
}

export function windowOf({ nowMs }: TriggerParts, { windowDays }: TriggerRule) {
  return { since: timeText(nowMs - windowDays * dayMs), until: timeText(nowMs) };
}

export async function* eventsOf(
  parts: TriggerParts,
  rule: TriggerRule,
  modelVersion?: string,
): AsyncGenerator<StoredEvent> {
  if (parts.feedback === null) return;
  yield* parts.feedback.events({
    ...windowOf(parts, rule),
    ...(modelVersion !== undefined && { modelVersion }),
  });
}
