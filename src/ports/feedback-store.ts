import type { EventDecision } from '../domain/event-decision.ts';
import type { FeedbackEvent, FeedbackKind } from '../domain/feedback-event.ts';
import type { Interaction } from '../domain/interaction.ts';

/**
 * `repeated`: the same id and content stood there; `refused`: the id stood there with other content;
 * `erased`: it was erased on request, or its author was, and does not come back.
 */
export type Arrival = 'stored' | 'repeated' | 'refused' | 'erased';

export interface StoredEvent {
  readonly event: FeedbackEvent;
  /** When it came in: RFC 3339, UTC. */
  readonly receivedAt: string;
  /**
   * Id of the later event of the same author and kind about the same response (`subjectOf`). Later is by the events'
   * own time, then by arrival; so the same event is in force in whatever order they came.
   */
  readonly supersededBy?: string;
  /** The cleaning decision in force. */
  readonly decision?: EventDecision;
}

/** Half-open [since, until) over the events' own time; RFC 3339, UTC. */
export interface EventWindow {
  readonly since?: string;
  readonly until?: string;
  readonly modelVersion?: string;
  readonly arm?: string;
}

export interface Erasure {
  readonly events: number;
  readonly interactions: number;
  /** Events of other people about what this person asked: the signal stays, query and response are gone. */
  readonly redacted: number;
  /** Exported datasets that contained an erased event. */
  readonly datasets: readonly string[];
}

/** What has been kept long enough. */
export interface Expiry {
  /** Whole events of these kinds; the comments that stand beside other signals; or served responses. */
  readonly part: { readonly events: readonly FeedbackKind[] } | 'comments beside signals' | 'interactions';
  /** What is about earlier moments goes: RFC 3339, UTC. */
  readonly before: string;
}

export interface Removal extends Expiry {
  readonly count: number;
  /** When it was removed: RFC 3339, UTC. */
  readonly at: string;
}

/**
 * The durable state of feedback. What a writing method resolves with would survive a power cut. Authors come in as
 * pseudonyms: the raw id never reaches a store. All methods throw StoreError when the store cannot be used.
 */
export interface FeedbackStore {
  readonly location: string;
  /** One answer for each event, in their order. */
  append(events: readonly FeedbackEvent[]): Promise<readonly Arrival[]>;
  recordInteractions(interactions: readonly Interaction[]): Promise<readonly Arrival[]>;
  /** The response that was served under this id. */
  interaction(responseId: string): Promise<Interaction | undefined>;
  event(id: string): Promise<StoredEvent | undefined>;
  /**
   * In order of arrival, superseded ones too; streamed; what arrives meanwhile is not part of it. Of what came later than the event
   * of id `after`, where it is given.
   */
  events(window?: EventWindow, after?: string): AsyncIterable<StoredEvent>;
  interactions(window?: EventWindow): AsyncIterable<Interaction>;
  countInteractions(window?: EventWindow): Promise<number>;
  /** Decisions about events that are not there, for example erased ones, are left out. */
  logDecisions(decisions: readonly EventDecision[]): Promise<void>;
  /** The decision in force for each event that has one, in order of arrival; streamed. */
  decisions(): AsyncIterable<EventDecision>;
  /** The decisions of one cleaning no longer count; the log keeps them. */
  undoCleaning(cleaning: string): Promise<number>;
  /** Which events went into an exported dataset, so that an erasure can name it. */
  recordExport(dataset: string, events: readonly string[]): Promise<void>;
  /**
   * Removes what one person left and leaves a tombstone: these events and this author are refused from now on.
   * Again, it tells the same datasets. @param author pseudonym @param at RFC 3339, UTC
   */
  erase(author: string, at: string): Promise<Erasure>;
  /** How much an expiry would remove. */
  countExpired(expiry: Expiry): Promise<number>;
  /** Removes what has been kept long enough, and logs how much where it was anything. */
  expire(expiry: Expiry, at: string): Promise<number>;
  /** What was removed so far, the oldest first. */
  removals(): Promise<readonly Removal[]>;
  close(): Promise<void>;
}
