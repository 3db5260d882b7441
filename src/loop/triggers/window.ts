import type { TriggerRule } from '../../domain/loop.ts';
import type { StoredEvent } from '../../ports/feedback-store.ts';
import { dayMs, timeText } from './measurement.ts';
import type { TriggerParts } from './trigger-parts.ts';

/** The measured window of a trigger, which ends now; RFC 3339. */
export function windowOf(
  { nowMs }: Pick<TriggerParts, 'nowMs'>,
  { windowDays }: Pick<TriggerRule, 'windowDays'>,
) {
  return { since: timeText(nowMs - windowDays * dayMs), until: timeText(nowMs) };
}

/** The feedback events of the window, of one version if it is given. */
export async function* eventsOf(
  parts: Pick<TriggerParts, 'feedback' | 'nowMs'>,
  rule: Pick<TriggerRule, 'windowDays'>,
  modelVersion?: string,
): AsyncGenerator<StoredEvent> {
  if (parts.feedback === null) return;
  yield* parts.feedback.events({
    ...windowOf(parts, rule),
    ...(modelVersion !== undefined && { modelVersion }),
  });
}
