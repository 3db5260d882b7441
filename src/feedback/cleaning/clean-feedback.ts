import { checkArgument } from '../../domain/check-argument.ts';
import type { EventDecision, Interaction } from '../../domain/feedback-event.ts';
import { type CleaningSettings, defaultCleaningSettings } from '../../domain/feedback-settings.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { runsByAuthor } from './author-runs.ts';
import { type CleaningReport, reportCleaning } from './cleaning-report.ts';
import { findConflicts } from './conflicts.ts';
import { decideEvents } from './decide-events.ts';
import { markDuplicates } from './duplicates.ts';
import { type EventTable, tabulateEvents } from './event-table.ts';
import { scoreAuthors } from './quality.ts';
import { suspectAuthors } from './suspect-authors.ts';

/** Inputs of cleaning; none is changed. */
export interface CleaningInput {
  /** With the decisions in force: those of stage `review` are human and stay; equal decisions are not logged again. */
  readonly events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>;
  /** Interactions with their serving times, which time judgements better than the gaps between events. */
  readonly interactions?: AsyncIterable<Interaction> | Iterable<Interaction>;
  /** Responses of known quality, by id. */
  readonly gold?: ReadonlyMap<string, 'good' | 'bad'>;
}

/** Options of a cleaning. */
export interface CleaningOptions {
  /** Name of this cleaning; it can be undone by name. */
  readonly cleaning: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly settings?: CleaningSettings;
}

/** Decisions of a cleaning with its report. */
export interface Cleaning {
  readonly report: CleaningReport;
  /** Decisions that differ from those in force, in the order of arrival. An event without a decision has weight 1. */
  decisions(): Generator<EventDecision>;
}

/**
 * Cleans feedback in four stages: duplicates, machines and attackers, author quality, conflicts. Events are streamed once
 * into about 150 bytes each. The order of events does not change the decisions.
 * @example
 * import { openSqliteFeedbackStore } from 'quorate/stores';
 * const store = openSqliteFeedbackStore('feedback.db');
 * const cleaning = await cleanFeedback({ events: store.events() }, { cleaning: 'march', at: '2026-03-15T10:00:00Z' });
 * await store.logDecisions([...cleaning.decisions()]);
 */
export async function cleanFeedback(input: CleaningInput, options: CleaningOptions): Promise<Cleaning> {
  checkArgument('input', input, { events: 'iterable', interactions: 'iterable?', gold: 'map?' });
  checkArgument('options', options, { cleaning: 'name', at: 'name', settings: 'object?' });
  const settings = options.settings ?? defaultCleaningSettings;
  const table = await tabulateEvents(input.events, settings);
  const runs = runsByAuthor(table);
  const duplicate = markDuplicates(table, runs);
  const served = await servedTimes(table, input.interactions ?? []);
  const gold = goldOf(table, input.gold);
  const suspicion = suspectAuthors(table, runs, duplicate, { served, gold }, settings);
  const quality = scoreAuthors(
    [suspicion.ratings, suspicion.comparisons],
    table.authors.size,
    suspicion.trusted,
    { prior: settings.qualityPrior, floor: settings.qualityFloor },
  );
  // a small posterior reflects the population, not the author: it does not reduce a weight
  const trust = suspicion.posterior.map((posterior, author) =>
    suspicion.trusted[author] === 0 ? 0 : posterior < settings.reviewPosterior ? 1 : 1 - posterior,
  );
  const weight = new Float64Array(table.size);
  for (let row = 0; row < table.size; row += 1) {
    const author = table.author[row]!;
    if (duplicate[row] === 0) weight[row] = trust[author]! * quality.weight[author]!;
  }
  const conflicts = findConflicts(table, runs, weight, settings.contestedShare);
  const parts = { table, duplicate, suspicion, trust, quality, conflicts, settings };
  return {
    report: reportCleaning(parts, options),
    decisions: () => decideEvents(parts, options),
  };
}

async function servedTimes(
  table: EventTable,
  interactions: AsyncIterable<Interaction> | Iterable<Interaction>,
): Promise<Float64Array> {
  const served = new Float64Array(table.responses.size).fill(Number.NaN);
  for await (const { response_id, at } of interactions) {
    const response = table.responses.indexOf(response_id);
    if (response !== -1) served[response] = Date.parse(at);
  }
  return served;
}

function goldOf(table: EventTable, gold: CleaningInput['gold']): Int8Array {
  const known = new Int8Array(table.responses.size);
  for (const [id, quality] of gold ?? []) {
    const response = table.responses.indexOf(id);
    if (response !== -1) known[response] = quality === 'good' ? 1 : -1;
  }
  return known;
}
