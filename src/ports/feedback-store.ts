import type { EventDecision, FeedbackEvent, FeedbackKind, Interaction } from '../domain/feedback-event.ts';

/**
 * The result of storing one event.
 * `repeated`: the id is already stored with the same content; `refused`: the id is stored with other content;
 * `erased`: the event or its author was erased on request and is not stored again.
 */
export type Arrival = 'stored' | 'repeated' | 'refused' | 'erased';

/** A feedback event as stored, with what was decided about it since. */
export interface StoredEvent {
  readonly event: FeedbackEvent;
  /** Time of arrival: RFC 3339, UTC. */
  readonly receivedAt: string;
  /**
   * Id of the later event of the same author and kind about the same subject (`subjectOf`). Events are ordered by
   * their own time, then by arrival, so the same event is in force regardless of the order of arrival.
   */
  readonly supersededBy?: string;
  /** The cleaning decision in force. */
  readonly decision?: EventDecision;
}

/** A filter of events. The interval [since, until) is half-open, over the events' own time; RFC 3339, UTC. */
export interface EventWindow {
  readonly since?: string;
  readonly until?: string;
  readonly modelVersion?: string;
  readonly arm?: string;
}

/** What erasing one person removed. */
export interface Erasure {
  readonly events: number;
  readonly interactions: number;
  /** Events of other authors about this author's queries: the signal stays, query and response are removed. */
  readonly redacted: number;
  /** Exported datasets that contained an erased event. */
  readonly datasets: readonly string[];
}

/** Data past its retention period. */
export interface Expiry {
  /** Whole events of these kinds; comments that accompany other signals; or served responses. */
  readonly part: { readonly events: readonly FeedbackKind[] } | 'comments beside signals' | 'interactions';
  /** Everything dated before this time is removed: RFC 3339, UTC. */
  readonly before: string;
}

/** A log entry about data removed at the end of its retention period. */
export interface Removal extends Expiry {
  readonly count: number;
  /** Time of removal: RFC 3339, UTC. */
  readonly at: string;
}

/**
 * The durable store of feedback. Writing methods resolve once the write would survive a power cut. Authors arrive as
 * pseudonyms: the raw id never reaches a store. All methods throw StoreError when the store is unusable.
 *
 * To use your own database, implement this interface and run the contract suite of test/contracts over it.
 * @example
 * const store: FeedbackStore = openSqliteFeedbackStore('feedback.db');
 * for await (const { event, supersededBy } of store.events({ since: '2026-01-01T00:00:00Z' })) {
 *   if (supersededBy === undefined && (await store.append([event]))[0] === 'repeated') console.log(event.id);
 * }
 */
export interface FeedbackStore {
  readonly location: string;
  /** Stores the events. @returns one result per event, in the same order */
  append(events: readonly FeedbackEvent[]): Promise<readonly Arrival[]>;
  recordInteractions(interactions: readonly Interaction[]): Promise<readonly Arrival[]>;
  /** The response served under this id; undefined if unknown. */
  interaction(responseId: string): Promise<Interaction | undefined>;
  event(id: string): Promise<StoredEvent | undefined>;
  /**
   * Streams events in order of arrival, including superseded ones. Events that arrive meanwhile are not included.
   * @param after id of an event: only later arrivals are returned
   */
  events(window?: EventWindow, after?: string): AsyncIterable<StoredEvent>;
  interactions(window?: EventWindow): AsyncIterable<Interaction>;
  countInteractions(window?: EventWindow): Promise<number>;
  /** Appends decisions. Decisions about unknown events, for example erased ones, are ignored. */
  logDecisions(decisions: readonly EventDecision[]): Promise<void>;
  /** The decision in force for each event that has one, in order of arrival; streamed. */
  decisions(): AsyncIterable<EventDecision>;
  /** Revokes the decisions of one cleaning; the log keeps them. @returns how many */
  undoCleaning(cleaning: string): Promise<number>;
  /** Records which events an exported dataset contains, so that an erasure can name the dataset. */
  recordExport(dataset: string, events: readonly string[]): Promise<void>;
  /**
   * Removes the data of one person and leaves a tombstone: these events and this author are refused from now on.
   * A repeated erasure returns the same datasets. @param author pseudonym @param at RFC 3339, UTC
   */
  erase(author: string, at: string): Promise<Erasure>;
  /** How many rows an expiry would remove. */
  countExpired(expiry: Expiry): Promise<number>;
  /** Removes data past its retention period and logs the count if it is not 0. @returns the count */
  expire(expiry: Expiry, at: string): Promise<number>;
  /** All removals so far, oldest first. */
  removals(): Promise<readonly Removal[]>;
  close(): Promise<void>;
}
