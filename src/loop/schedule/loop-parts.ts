import type { LoopSpec } from '../../domain/loop.ts';
import type { AlertDispatcher } from '../../ports/alerts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import type { LoopStore } from '../../ports/loop-store.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import { modelState } from '../../registry/model-state.ts';
import type { TriggerParts } from '../triggers/measurement.ts';

/** The dependencies of a loop. */
export interface LoopParts {
  readonly loop: LoopSpec;
  readonly store: LoopStore;
  readonly registry: ModelRegistry;
  /** Opens the feedback store; null before the first feedback. */
  readonly feedback: () => Promise<FeedbackStore | null>;
  /** Null if no alerts are delivered, for example when triggers are only assessed. */
  readonly dispatcher: AlertDispatcher | null;
  readonly isKnowledgeGap: TriggerParts['isKnowledgeGap'];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Author of the versions that the loop registers. */
  readonly by: string;
  /** Receives log lines. */
  readonly onLine: (text: string) => void;
}

/** The inputs of the triggers at the current time. */
export async function triggerParts(parts: LoopParts): Promise<TriggerParts> {
  const { loop, store, registry, isKnowledgeGap, clock } = parts;
  return {
    loop,
    store,
    isKnowledgeGap,
    feedback: await parts.feedback(),
    model: modelState(loop.model, await registry.history(loop.model)),
    nowMs: clock.now(),
  };
}
