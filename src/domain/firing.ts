import type { TriggerId } from './loop.ts';

/** What a rule measured: the grounds of a firing. */
export interface Evidence {
  /** Null where nothing could be measured. */
  readonly value: number | null;
  readonly unit: string;
  readonly over: number;
  /** One-sided bound that must pass the threshold, and its confidence; null for plain counts. */
  readonly bound: number | null;
  readonly confidence: number | null;
  /** Observations, and the people they come from. */
  readonly n: number;
  readonly authors: number | null;
  /** Half-open; RFC 3339, UTC. */
  readonly since: string;
  readonly until: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A place in the order of arrival of events: everything up to this event was looked at. */
export interface ArrivalMark {
  readonly event: string;
  /** RFC 3339, UTC: finds the place again where the event was erased. */
  readonly received_at: string;
}

/** What a rule remembers between two looks. */
export interface TriggerState {
  readonly armed: boolean;
  /** RFC 3339, UTC; null before the first firing. */
  readonly last_fired: string | null;
  /** What the last firing was about, for example the version in production: something else may fire at once. */
  readonly cause: string;
  /** How far a rule that counts single events has read; null where it has not, or reads its window anew. */
  readonly seen_to: ArrivalMark | null;
  /** Ids of events up to there that count and led to no firing yet. */
  readonly waiting: readonly string[];
}

export type FiringOutcome =
  | { readonly status: 'pending' }
  | { readonly status: 'done' | 'failed'; readonly at: string; readonly what: string };

/** A rule that fired: why, and what was done. */
export interface Firing {
  readonly id: string;
  readonly trigger: TriggerId;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly cause: string;
  readonly evidence: Evidence;
  readonly action: 'report' | 'train' | 'command';
  readonly outcome: FiringOutcome;
}
