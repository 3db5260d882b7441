import type { FeedbackEvent } from '../../domain/feedback-event.ts';
import type { TriggerRule } from '../../domain/loop.ts';
import type { Measurement } from './measurement.ts';
import type { TriggerParts } from './trigger-parts.ts';
import { windowOf } from './window.ts';

/** Events named in the evidence of a count. */
export const maxNamedEvents = 50;

/** A count of events against the thresholds of a trigger. */
export function countMeasurement(
  parts: TriggerParts,
  rule: TriggerRule,
  unit: string,
  events: readonly Pick<FeedbackEvent, 'id' | 'author'>[],
): Measurement {
  const n = events.length;
  return {
    standing: n < rule.minimum ? 'under' : n > rule.over ? 'over' : n <= rule.rearmAt ? 'under' : 'between',
    cause: unit,
    evidence: {
      value: n,
      unit,
      over: rule.over,
      bound: null,
      confidence: null,
      n,
      authors: new Set(events.map(({ author }) => author)).size,
      ...windowOf(parts, rule),
      detail: { events: events.slice(0, maxNamedEvents).map(({ id }) => id) },
    },
  };
}
