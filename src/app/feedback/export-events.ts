import { openEventRedactor } from '../../feedback/redact-event.ts';
import { writeJsonLines } from '../../files/write-lines.ts';
import type { EventWindow } from '../../ports/feedback-store.ts';
import { withFeedback } from '../stores/feedback-stores.ts';

export interface ExportEventsRequest {
  readonly store: string;
  /** The file to write (JSONL, .gz). */
  readonly out: string;
  readonly window: EventWindow;
  readonly kinds?: readonly string[] | undefined;
  /** Events of a lower weight are left out. */
  readonly minWeight: number;
  /** Remove personal data and secrets from every text. */
  readonly redact: boolean;
}

export interface ExportedEvents {
  readonly written: number;
  /** Left out because a later event took their place. */
  readonly superseded: number;
  /** Left out because cleaning gave them too little weight. */
  readonly quarantined: number;
}

/** Writes the events that count: in force and not quarantined. */
export function exportEvents(request: ExportEventsRequest): Promise<ExportedEvents> {
  const { kinds, minWeight } = request;
  const redact = request.redact ? openEventRedactor() : null;
  const left = { superseded: 0, quarantined: 0 };
  return withFeedback(request.store, async (store) => {
    async function* counting() {
      for await (const { event, supersededBy, decision } of store.events(request.window)) {
        if (kinds !== undefined && !kinds.includes(event.kind)) continue;
        if (supersededBy !== undefined) left.superseded += 1;
        else if ((decision?.weight ?? 1) < minWeight) left.quarantined += 1;
        else yield redact === null ? event : redact(event);
      }
    }
    const written = await writeJsonLines(request.out, counting());
    return { written, ...left };
  });
}
