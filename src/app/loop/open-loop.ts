import { existsSync } from 'node:fs';
import { loadLoop } from '../../config/loop/load-loop.ts';
import { readEvent } from '../../feedback/understanding/read-event.ts';
import type { LoopParts } from '../../loop/schedule/loop-parts.ts';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';
import { openSqliteLoopStore } from '../../store/sqlite/sqlite-loop-store.ts';
import { openSqliteRegistry } from '../../store/sqlite/sqlite-registry.ts';
import type { AppContext } from '../context.ts';
import { openFeedbackStore } from '../stores/feedback-stores.ts';

/**
 * Opens the stores of a loop file for one piece of work. The feedback store is opened on first use.
 * @param by the name that the registry records for new versions
 */
export async function withLoop<T>(
  file: string,
  by: string,
  context: AppContext,
  work: (parts: LoopParts) => Promise<T>,
): Promise<T> {
  const loop = await loadLoop(file);
  const store = openSqliteLoopStore(loop.state);
  const registry = openSqliteRegistry(loop.registry);
  let feedback: FeedbackStore | null = null;
  try {
    return await work({
      loop,
      store,
      registry,
      feedback: async () => {
        if (feedback === null && existsSync(loop.feedback)) feedback = await openFeedbackStore(loop.feedback);
        return feedback;
      },
      dispatcher: null,
      isKnowledgeGap,
      clock: context.clock,
      signal: context.signal,
      env: context.env,
      by,
      onLine: (text) => context.onEvent({ type: 'notice', text }),
    });
  } finally {
    await (feedback as FeedbackStore | null)?.close();
    await registry.close();
    await store.close();
  }
}

/** By the rules that classify comments: something was missing or unknown. */
function isKnowledgeGap({ event }: StoredEvent): boolean {
  const reading = readEvent(event);
  return reading !== null && reading.category === 'coverage' && !reading.request;
}
