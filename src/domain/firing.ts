import type { TriggerId } from './loop.ts';

/** What a trigger measured: the grounds of a firing. */
export interface Evidence {
  /** Null when nothing could be measured. */
  readonly value: number | null;
  readonly unit: string;
  /** The threshold, in the same unit. */
  readonly over: number;
  /** One-sided bound that must exceed the threshold, and its confidence level; null for plain counts. */
  readonly bound: number | null;
  readonly confidence: number | null;
  /** Number of observations, and of the authors that they come from. */
  readonly n: number;
  readonly authors: number | null;
  /** The measured interval [since, until), half-open; RFC 3339, UTC. */
  readonly since: string;
  readonly until: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A position in the order of arrival of events: everything up to this event is processed. */
export interface ArrivalMark {
  readonly event: string;
  /** RFC 3339, UTC: locates the position if the event was erased. */
  readonly received_at: string;
}

/** The persistent state of a trigger between two assessments. */
export interface TriggerState {
  readonly armed: boolean;
  /** RFC 3339, UTC; null before the first firing. */
  readonly last_fired: string | null;
  /** Cause of the last firing, for example the version in production. The cooldown does not apply to another cause. */
  readonly cause: string;
  /** How far a trigger that counts single events has read; null before the first event, or if it rescans its window. */
  readonly seen_to: ArrivalMark | null;
  /** Ids of counted events up to that position that have not led to a firing yet. */
  readonly waiting: readonly string[];
}

/** What became of a firing's action. */
export type FiringOutcome =
  | { readonly status: 'pending' }
  | { readonly status: 'done' | 'failed'; readonly at: string; readonly what: string };

/** A trigger that fired, with its evidence and action. */
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
