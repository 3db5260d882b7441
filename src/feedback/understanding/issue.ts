import { createHash } from 'node:crypto';
import type { EventReading, FailureCategory } from '../../domain/failure-category.ts';
import type { UnderstandingSettings } from '../../domain/feedback-settings.ts';
import { createRedactor } from '../../privacy/redact.ts';
import type { TextGroup } from './group-texts.ts';
import { termsOf } from './terms.ts';

/** A complaint or request, prepared for grouping. */
export interface Complaint {
  readonly event: string;
  readonly atMs: number;
  readonly model: string;
  readonly source: string;
  readonly weight: number;
  readonly reading: EventReading;
  readonly terms: ReadonlyMap<string, number>;
  /** The comment and the query, both truncated. */
  readonly text: string;
  readonly query: string;
}

/** A group of similar complaints, as written to a file. */
export interface Issue {
  /** Stable as long as its first event is the same. */
  readonly id: string;
  readonly category: FailureCategory;
  readonly request: boolean;
  readonly title: string;
  readonly terms: readonly string[];
  /** severity x sum over events of weight x 2^(-age / half-life). */
  readonly priority: number;
  readonly severity: number;
  readonly weight: number;
  readonly mean_confidence: number;
  readonly events: readonly string[];
  readonly first_seen: string;
  readonly last_seen: string;
  /** Events by model version. */
  readonly models: Readonly<Record<string, number>>;
  /** Redacted. */
  readonly examples: readonly string[];
}

const dayMs = 86_400_000;
const namingTerms = 4;
const readForNames = 20;

interface IssueContext {
  readonly category: FailureCategory;
  readonly request: boolean;
  readonly atMs: number;
  readonly settings: UnderstandingSettings;
}

/**
 * Priority = severity x frequency x recency, where frequency is the sum of the weights and recency the weighted mean
 * of 2^(-age / half-life): severity x Σ weight x 2^(-age / half-life). A future event has age 0.
 */
export function issueOf(group: TextGroup, complaints: readonly Complaint[], context: IssueContext): Issue {
  const { category, request, atMs, settings } = context;
  const own = group.members.map((member) => complaints[member]!);
  const halfLifeMs = settings.halfLifeDays * dayMs;
  const severity = settings.severity[category];
  const models: Record<string, number> = Object.create(null);
  let fresh = 0;
  let weight = 0;
  let confidence = 0;
  for (const one of own) {
    fresh += one.weight * 2 ** (-Math.max(0, atMs - one.atMs) / halfLifeMs);
    weight += one.weight;
    confidence += one.reading.confidence;
    models[one.model] = (models[one.model] ?? 0) + 1;
  }
  const redact = (text: string) => createRedactor()(text).text;
  const terms = namesOf(group, own, redact);
  const words = terms.length > 0 ? terms.join(', ') : 'without words';
  return {
    id: createHash('sha256').update(`${category} ${request} ${own[0]!.event}`).digest('hex').slice(0, 16),
    category,
    request,
    title: `${request ? 'wish' : category}: ${words}`,
    terms,
    priority: severity * fresh,
    severity,
    weight,
    mean_confidence: confidence / own.length,
    events: own.map(({ event }) => event),
    first_seen: new Date(own[0]!.atMs).toISOString(),
    last_seen: new Date(own.at(-1)!.atMs).toISOString(),
    models,
    examples: nearest(group, own, settings.examples).map(redact),
  };
}

/** The highest-weighted terms that remain in redacted texts of the group, so that a title contains no personal data. */
function namesOf(
  { centroid }: TextGroup,
  own: readonly Complaint[],
  redact: (text: string) => string,
): string[] {
  const allowed = new Set(
    own.slice(0, readForNames).flatMap(({ text, query }) => termsOf(redact(`${text}\n${query}`))),
  );
  return [...centroid]
    .filter(([term]) => allowed.has(term))
    .sort(([a, weightA], [b, weightB]) => weightB - weightA || (a < b ? -1 : 1))
    .slice(0, namingTerms)
    .map(([term]) => term);
}

/** Distinct texts closest to the group's mean. */
function nearest({ centroid }: TextGroup, own: readonly Complaint[], count: number): string[] {
  const closeness = (terms: ReadonlyMap<string, number>) => {
    let sum = 0;
    for (const term of terms.keys()) sum += centroid.get(term) ?? 0;
    return sum / Math.sqrt(Math.max(1, terms.size));
  };
  const ranked = own
    .map(({ text, terms }, place) => ({ text: text.trim(), place, value: closeness(terms) }))
    .sort((a, b) => b.value - a.value || a.place - b.place);
  return [...new Set(ranked.map(({ text }) => text))].filter((text) => text !== '').slice(0, count);
}
