import {
  kindsOfClass,
  type RetentionClass,
  type RetentionRules,
  retentionClasses,
} from '../../domain/retention.ts';
import type { Expiry, Removal } from '../../ports/feedback-store.ts';
import type { AppContext } from '../context.ts';
import { withFeedback } from '../stores/feedback-stores.ts';

const dayMs = 86_400_000;

export interface RetainedClass {
  readonly class: RetentionClass;
  /** How long the class is kept; null: forever. */
  readonly days: number | null;
  readonly removed: number;
}

/** Removes feedback that is older than the retention of its class; with `dryRun` it only counts. */
export function retainEvents(
  file: string,
  retention: RetentionRules,
  { dryRun }: { readonly dryRun: boolean },
  { clock }: AppContext,
): Promise<readonly RetainedClass[]> {
  return withFeedback(file, async (store) => {
    const nowMs = clock.now();
    const at = new Date(nowMs).toISOString();
    const rows: RetainedClass[] = [];
    for (const name of retentionClasses) {
      const days = retention[name];
      let removed = 0;
      if (days !== null) {
        const before = new Date(nowMs - days * dayMs).toISOString();
        for (const part of partsOf(name)) {
          const expiry = { part, before };
          removed += dryRun ? await store.countExpired(expiry) : await store.expire(expiry, at);
        }
      }
      rows.push({ class: name, days, removed });
    }
    return rows;
  });
}

function partsOf(name: RetentionClass): readonly Expiry['part'][] {
  if (name === 'interactions') return ['interactions'];
  const events = { events: kindsOfClass[name] };
  return name === 'comments' ? [events, 'comments beside signals'] : [events];
}

/** What retention removed so far, the oldest first. */
export function pastRemovals(file: string): Promise<readonly Removal[]> {
  return withFeedback(file, (store) => store.removals());
}
