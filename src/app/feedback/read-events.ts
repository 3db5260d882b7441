import { ConfigError } from '../../domain/errors.ts';
import type { EventWindow, StoredEvent } from '../../ports/feedback-store.ts';
import { openFeedbackStore, withFeedback } from '../stores/feedback-stores.ts';

export interface EventFilter {
  readonly window?: EventWindow | undefined;
  /** Only these kinds; default: all. */
  readonly kinds?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

/** The events of a store in order of arrival, each with the cleaning decision in force. */
export async function* readEvents(
  file: string,
  { window = {}, kinds, limit = Infinity }: EventFilter,
): AsyncGenerator<StoredEvent> {
  const store = await openFeedbackStore(file, { mustExist: true });
  let read = 0;
  try {
    for await (const stored of store.events(window)) {
      if (kinds !== undefined && !kinds.includes(stored.event.kind)) continue;
      if (read === limit) return;
      read += 1;
      yield stored;
    }
  } finally {
    await store.close();
  }
}

/** One event by its id. @throws ConfigError where there is none */
export function findEvent(file: string, id: string): Promise<StoredEvent> {
  return withFeedback(file, async (store) => {
    const stored = await store.event(id);
    if (stored !== undefined) return stored;
    throw new ConfigError(`there is no event "${id}" in ${store.location}`, [], {
      hint: 'quorate feedback list prints the ids; an erased event is gone',
    });
  });
}
