import type { ArrivalMark, Evidence } from '../../domain/firing.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';

/** Where a measured value stands to its rule. */
export type Standing = 'over' | 'between' | 'under' | 'too_little_data';

/** What a rule found: nothing is decided yet. */
export interface Measurement {
  readonly standing: Standing;
  /** What it would fire for; another cause may fire at once. */
  readonly cause: string;
  readonly evidence: Evidence;
  /** Where single events count: how far it read, and which of them still wait if it fires and if it does not. */
  readonly seen?: {
    readonly to: ArrivalMark | null;
    readonly waitingIfFired: readonly string[];
    readonly waitingIfNot: readonly string[];
  };
}

export const dayMs = 86_400_000;

/** A time as files write it. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

/** Replaced by a later one, or set aside by cleaning: does not count. */
export function isCounted({ supersededBy, decision }: StoredEvent): boolean {
  return supersededBy === undefined && (decision === undefined || decision.weight > 0);
}

/** 1 a thumb down or one or two stars, 0 a thumb up or four or five; undefined: no rating, or neither. */
export function negativeRating({ event }: StoredEvent): 0 | 1 | undefined {
  if (event.kind === 'thumb') return event.thumb === 'down' ? 1 : 0;
  if (event.kind !== 'stars' || event.stars === 3) return undefined;
  return event.stars < 3 ? 1 : 0;
}
