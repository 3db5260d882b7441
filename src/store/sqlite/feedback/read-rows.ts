import type {
  CleaningStage,
  EventDecision,
  FeedbackEvent,
  Interaction,
} from '../../../domain/feedback-event.ts';
import type { EventWindow, StoredEvent } from '../../../ports/feedback-store.ts';
import type { ServedContext } from '../../event-content.ts';
import type { DecisionColumns, EventRow, InteractionRow } from './statements.ts';

/** Converts rows to records. Consecutive rows often share one response. */
export class RowReader {
  #contextId = -1;
  #context: ServedContext | null = null;

  event(row: EventRow): StoredEvent {
    const decision = decisionOf(row, row.id);
    return {
      event: {
        ...this.#contextOf(row),
        ...(JSON.parse(row.own) as object),
        author: row.author,
      } as FeedbackEvent,
      receivedAt: new Date(row.receivedMs).toISOString(),
      ...(row.supersededBy !== null && { supersededBy: row.supersededBy }),
      ...(decision !== null && { decision }),
    };
  }

  interaction(row: InteractionRow): Interaction {
    return {
      ...this.#contextOf(row),
      ...(JSON.parse(row.own) as object),
      ...(row.author !== null && { author: row.author }),
    } as Interaction;
  }

  #contextOf(row: { readonly contextId: number; readonly context: string }): ServedContext {
    if (this.#context === null || row.contextId !== this.#contextId) {
      this.#contextId = row.contextId;
      this.#context = JSON.parse(row.context) as ServedContext;
    }
    return this.#context;
  }
}

export function decisionOf(row: DecisionColumns, event: string): EventDecision | null {
  if (row.stage === null) return null;
  return {
    event,
    stage: row.stage as CleaningStage,
    weight: row.weight!,
    reasons: JSON.parse(row.reasons!) as string[],
    cleaning: row.cleaning!,
    at: row.decidedAt!,
  };
}

/** A window as the statements bind it. */
export function windowValues(window: EventWindow): readonly unknown[] {
  const { since, until, modelVersion = null, arm = null } = window;
  return [
    since === undefined ? -8.64e15 : Date.parse(since),
    until === undefined ? 8.64e15 : Date.parse(until),
    modelVersion,
    modelVersion,
    arm,
    arm,
  ];
}
