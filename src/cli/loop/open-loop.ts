import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openFeedbackStore } from '../../app/open-feedback-store.ts';
import { systemClock } from '../../app/system-clock.ts';
import { loadLoop } from '../../config/loop/load-loop.ts';
import { ConfigError } from '../../domain/errors.ts';
import { readEvent } from '../../feedback/understanding/read-event.ts';
import type { LoopParts } from '../../loop/schedule/loop-parts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FeedbackStore, StoredEvent } from '../../ports/feedback-store.ts';
import { openSqliteLoopStore } from '../../store/sqlite/sqlite-loop-store.ts';
import { openSqliteRegistry } from '../../store/sqlite/sqlite-registry.ts';
import { type CommandIo, note } from '../io.ts';

export interface OpenLoopOptions {
  readonly now?: string | undefined;
  readonly by: string;
}

/** Opens all that a loop works with, for one piece of work. */
export async function withLoop<T>(
  io: CommandIo,
  file: string,
  options: OpenLoopOptions,
  work: (parts: LoopParts) => Promise<T>,
): Promise<T> {
  const loop = await loadLoop(resolve(io.cwd, file));
  const clock = options.now === undefined ? systemClock : clockFrom(options.now);
  const store = openSqliteLoopStore(loop.state);
  const registry = openSqliteRegistry(loop.registry);
  let feedback: FeedbackStore | null = null;
  try {
    return await work({
      loop,
      store,
      registry,
      feedback: async () => {
        if (feedback === null && existsSync(loop.feedback))
          feedback = await openFeedbackStore(loop.feedback, loop.folder);
        return feedback;
      },
      dispatcher: null,
      isKnowledgeGap,
      clock,
      signal: io.signal,
      env: io.env,
      by: options.by,
      onLine: (text) => note(io, text),
    });
  } finally {
    await (feedback as FeedbackStore | null)?.close();
    await registry.close();
    await store.close();
  }
}

/** Time that begins at a given moment and then passes as usual. */
function clockFrom(now: string): Clock {
  const start = Date.parse(now);
  if (!/^\d{4}-\d\d-\d\dT/.test(now) || Number.isNaN(start)) {
    throw new ConfigError(`--now "${now}" is no time`, [], { hint: 'for example 2026-01-31T06:00:00Z' });
  }
  const shift = start - systemClock.now();
  return { now: () => systemClock.now() + shift, sleep: systemClock.sleep };
}

/** By the rules that read what people write: something was missing, or not known. */
function isKnowledgeGap({ event }: StoredEvent): boolean {
  const reading = readEvent(event);
  return reading !== null && reading.category === 'coverage' && !reading.request;
}
