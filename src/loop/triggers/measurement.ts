import type { ArrivalMark, Evidence } from '../../domain/firing.ts';
import type { LoopSpec } from '../../domain/loop.ts';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';
import type { LoopStore } from '../../ports/loop-store.ts';
import type { ModelState } from '../../registry/model-state.ts';

/** Position of a measured value relative to the thresholds of its trigger. */
export type Standing = 'over' | 'between' | 'under' | 'too_little_data';

/** What a trigger measured, before hysteresis and cool-down. */
export interface Measurement {
  readonly standing: Standing;
  /** What it would fire for; another cause may fire immediately. */
  readonly cause: string;
  readonly evidence: Evidence;
  /** For triggers on single events: the last event read, and the events that stay pending if it fires and if it does not. */
  readonly seen?: {
    readonly to: ArrivalMark | null;
    readonly waitingIfFired: readonly string[];
    readonly waitingIfNot: readonly string[];
  };
}

export const dayMs = 86_400_000;

/** A time in RFC 3339, UTC. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

/** Whether an event counts: it is neither superseded nor quarantined. */
export function isCounted({ supersededBy, decision }: StoredEvent): boolean {
  return supersededBy === undefined && (decision === undefined || decision.weight > 0);
}

/** 1: thumb down, one or two stars; 0: thumb up, four or five stars; undefined: no rating, or three stars. */
export function negativeRating({ event }: StoredEvent): 0 | 1 | undefined {
  if (event.kind === 'thumb') return event.thumb === 'down' ? 1 : 0;
  if (event.kind !== 'stars' || event.stars === 3) return undefined;
  return event.stars < 3 ? 1 : 0;
}

/** The inputs of the triggers. */
export interface TriggerParts {
  readonly loop: LoopSpec;
  readonly store: LoopStore;
  /** Null if there is no feedback yet. */
  readonly feedback: FeedbackStore | null;
  /** The loop's model as the registry knows it. */
  readonly model: ModelState;
  /** Whether an event is about missing or unknown information. */
  readonly isKnowledgeGap: (event: StoredEvent) => boolean;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}
