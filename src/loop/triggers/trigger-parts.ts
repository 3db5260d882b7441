import type { LoopSpec } from '../../domain/loop.ts';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';
import type { LoopStore } from '../../ports/loop-store.ts';
import type { ModelState } from '../../registry/model-state.ts';

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
