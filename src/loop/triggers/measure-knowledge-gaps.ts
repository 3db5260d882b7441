import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { TriggerRule } from '../../domain/loop.ts';
import { countMeasurement } from './count-measurement.ts';
import { isCounted, type Measurement } from './measurement.ts';
import type { TriggerParts } from './trigger-parts.ts';
import { eventsOf } from './window.ts';

/** Counts events about missing or unknown information. */
export async function measureKnowledgeGaps(parts: TriggerParts, rule: TriggerRule): Promise<Measurement> {
  const gaps: Pick<FeedbackEvent, 'id' | 'author'>[] = [];
  for await (const stored of eventsOf(parts, rule)) {
    const { id, author } = stored.event;
    if (isCounted(stored) && parts.isKnowledgeGap(stored)) gaps.push({ id, author });
  }
  return countMeasurement(parts, rule, 'events', gaps);
}
