import { checkArgument } from '../../domain/check-argument.ts';
import { type EventReading, type FailureCategory, failureCategories } from '../../domain/failure-category.ts';
import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import { defaultUnderstandingSettings, type UnderstandingSettings } from '../../domain/feedback-settings.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { commentOf } from '../cleaning/opinion-of.ts';
import { groupTexts } from './group-texts.ts';
import { type Complaint, type Issue, issueOf } from './issue.ts';
import { sureEnough } from './judge-reading.ts';
import { readEvent } from './read-event.ts';
import { termsOf } from './terms.ts';

export interface UnderstandingOptions {
  /** RFC 3339, UTC: recency is counted from here. */
  readonly at: string;
  readonly settings?: UnderstandingSettings;
  /** Classification of a comment by a judge. */
  readonly judge?: (comment: string, byRules: EventReading) => Promise<EventReading>;
}

export interface Understanding {
  readonly events: number;
  /** Complaints and requests; events of weight 0 are skipped. */
  readonly complaints: number;
  readonly categories: readonly CategoryLine[];
  /** The most urgent first. */
  readonly issues: readonly Issue[];
}

export interface CategoryLine {
  readonly category: FailureCategory;
  readonly events: number;
  readonly weight: number;
  readonly mean_confidence: number | null;
}

/** Weight of query terms relative to comment terms. */
const queryWeight = 0.5;
const keptCharacters = 300;

/**
 * Classifies all complaints, groups similar ones of one category, and ranks the groups. Memory: about 1 kB per complaint.
 * @example
 * import { openSqliteFeedbackStore } from 'quorate/stores';
 * const store = openSqliteFeedbackStore('feedback.db');
 * const { issues } = await understandFeedback(store.events(), { at: '2026-03-15T10:00:00Z' });
 */
export async function understandFeedback(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  options: UnderstandingOptions,
): Promise<Understanding> {
  checkArgument('events', events, 'iterable');
  checkArgument('options', options, { at: 'name', settings: 'object?', judge: 'function?' });
  const { at, settings = defaultUnderstandingSettings, judge } = options;
  const complaints: Complaint[] = [];
  let count = 0;
  for await (const stored of events) {
    count += 1;
    if (!counts(stored)) continue;
    const complaint = await complaintOf(stored.event, stored.decision?.weight ?? 1, judge);
    if (complaint !== null) complaints.push(complaint);
  }
  complaints.sort((a, b) => a.atMs - b.atMs || (a.event < b.event ? -1 : 1));
  const issues: Issue[] = [];
  for (const category of failureCategories) {
    for (const request of [false, true]) {
      const own = complaints.filter(
        ({ reading }) => reading.category === category && reading.request === request,
      );
      for (const group of groupTexts(
        own.map(({ terms }) => terms),
        settings.similarity,
      ))
        issues.push(issueOf(group, own, { category, request, atMs: Date.parse(at), settings }));
    }
  }
  issues.sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  return { events: count, complaints: complaints.length, categories: categoryLines(complaints), issues };
}

/** Distinct comments with an uncertain rule result, for a judge. */
export async function unsureComments(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const stored of events) {
    if (!counts(stored)) continue;
    const byRules = readEvent(stored.event);
    const comment = byRules === null ? undefined : commentToJudge(stored.event, byRules);
    if (comment !== undefined && byRules!.confidence < sureEnough) found.add(comment);
  }
  return found;
}

function counts({ supersededBy, decision }: StoredEvent): boolean {
  return supersededBy === undefined && decision?.weight !== 0;
}

/** A clicked reason is more reliable than a judge's classification of the comment. */
function commentToJudge(event: FeedbackEvent, { from }: EventReading): string | undefined {
  return from === 'flag' ? undefined : commentOf(event);
}

async function complaintOf(
  event: FeedbackEvent,
  weight: number,
  judge: UnderstandingOptions['judge'],
): Promise<Complaint | null> {
  const byRules = readEvent(event);
  if (byRules === null) return null;
  const comment = commentOf(event);
  const toJudge = commentToJudge(event, byRules);
  const reading = judge === undefined || toJudge === undefined ? byRules : await judge(toJudge, byRules);
  const terms = new Map<string, number>();
  for (const term of termsOf(comment ?? '')) terms.set(term, (terms.get(term) ?? 0) + 1);
  const query = queryText(event);
  for (const term of termsOf(query)) if (!terms.has(term)) terms.set(term, queryWeight);
  const atMs = Date.parse(event.at);
  return {
    event: event.id,
    atMs: Number.isNaN(atMs) ? 0 : atMs,
    model: event.model_version,
    source: event.source,
    weight,
    reading,
    terms,
    text: (comment ?? query).slice(0, keptCharacters),
    query: query.slice(0, keptCharacters),
  };
}

/** The query: the text, or the last user turn. */
function queryText({ query }: FeedbackEvent): string {
  if (typeof query === 'string') return query;
  const last = query.findLast(({ role }) => role === 'user');
  return typeof last?.content === 'string' ? last.content : '';
}

function categoryLines(complaints: readonly Complaint[]): CategoryLine[] {
  return failureCategories.map((category) => {
    const own = complaints.filter(({ reading }) => reading.category === category);
    return {
      category,
      events: own.length,
      weight: own.reduce((sum, { weight }) => sum + weight, 0),
      mean_confidence:
        own.length === 0 ? null : own.reduce((sum, { reading }) => sum + reading.confidence, 0) / own.length,
    };
  });
}
