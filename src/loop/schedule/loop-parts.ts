import type { LoopSpec } from '../../domain/loop.ts';
import type { AlertDispatcher } from '../../ports/alert-dispatcher.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FeedbackStore } from '../../ports/feedback-store.ts';
import type { LoopStore } from '../../ports/loop-store.ts';
import type { ModelRegistry } from '../../ports/model-registry.ts';
import { modelState } from '../../registry/model-state.ts';
import type { TriggerParts } from '../triggers/trigger-parts.ts';

export interface LoopParts {
  readonly loop: LoopSpec;
  readonly store: LoopStore;
  readonly registry: ModelRegistry;
  /** The feedback, opened when it is there; null before anybody gave any. */
  readonly feedback: () => Promise<FeedbackStore | null>;
  /** Null where nothing is told, as when rules are only looked at. */
  readonly dispatcher: AlertDispatcher | null;
  readonly isKnowledgeGap: TriggerParts['isKnowledgeGap'];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whose name the registry gets for versions that the loop trains. */
  readonly by: string;
  /** Lines for people. */
  readonly onLine: (text: string) => void;
}

/** What the rules look at, at this moment. */
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
