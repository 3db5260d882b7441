import { QuorateError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

export interface ServerLog {
  /** One line with an event's name and what belongs to it. */
  say(event: string, details?: Readonly<Record<string, unknown>>): void;
  /** One answer of this status was given. */
  count(status: number): void;
  failure(instance: string, error: unknown): void;
  /** Says what was counted since the last time, if there is anything. */
  heartbeat(): void;
}

/** Messages of a server: one line of JSON each. Nothing that came in stands in them, neither texts nor tokens. */
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
      // our own errors are written for people; of others the place matters too
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
