import type { TriggerRule } from '../../domain/loop.ts';
import { clusteredProportion } from '../../stats/intervals/clustered-proportion.ts';
import { isCounted, type Measurement, negativeRating } from './measurement.ts';
import type { TriggerParts } from './trigger-parts.ts';
import { eventsOf, windowOf } from './window.ts';

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
