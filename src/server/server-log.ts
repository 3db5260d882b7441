import { QuorateError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

export interface ServerLog {
  /** Writes one line with an event name and its fields. */
  say(event: string, details?: Readonly<Record<string, unknown>>): void;
  /** Counts a response by status. */
  count(status: number): void;
  failure(instance: string, error: unknown): void;
  /** Writes the counts since the last call, if there are any. */
  heartbeat(): void;
}

/** Server log: one JSON object per line. It never contains request content or tokens. */
export function createServerLog(write: (text: string) => void, clock: Clock): ServerLog {
  let counts = new Map<number, number>();
  const say: ServerLog['say'] = (event, details = {}) => {
    write(`${JSON.stringify({ at: new Date(clock.now()).toISOString(), event, ...details })}\n`);
  };
  return {
    say,
    count(status) {
      counts.set(status, 1 + (counts.get(status) ?? 0));
    },
    failure(instance, error) {
      const message = error instanceof Error ? error.message : String(error);
      // Quorate's own errors have readable messages; other errors need the stack
      const stack = QuorateError.isInstance(error) || !(error instanceof Error) ? {} : { stack: error.stack };
      say('request-failed', { instance, message, ...stack });
    },
    heartbeat() {
      if (counts.size === 0) return;
      say('answered', { statuses: Object.fromEntries([...counts].sort(([a], [b]) => a - b)) });
      counts = new Map();
    },
  };
}
