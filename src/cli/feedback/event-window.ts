import { ConfigError } from '../../domain/errors.ts';
import type { EventWindow } from '../../ports/feedback-store.ts';

export interface WindowFlags {
  readonly since?: string;
  readonly until?: string;
  readonly modelVersion?: string;
}

/** The window that the flags stand for. @throws ConfigError for a time that is none. */
export function eventWindow({ since, until, modelVersion }: WindowFlags): EventWindow {
  return {
    ...(since !== undefined && { since: timeOption('--since', since) }),
    ...(until !== undefined && { until: timeOption('--until', until) }),
    ...(modelVersion !== undefined && { modelVersion }),
  };
}

/** A date is midnight UTC; a time must say its offset. */
function timeOption(name: string, text: string): string {
  const shape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;
  const ms = shape.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new ConfigError(`${name} must be a date or a time with its offset, received "${text}"`, [], {
      hint: `for example ${name} 2026-01-31 or ${name} 2026-01-31T12:00:00Z`,
    });
  }
  return new Date(ms).toISOString();
}
