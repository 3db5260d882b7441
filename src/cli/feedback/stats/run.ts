import { resolve } from 'node:path';
import { measureFeedback } from '../../../app/feedback/measure-feedback.ts';
import { systemClock } from '../../../app/system-clock.ts';
import { ConfigError } from '../../../domain/errors.ts';
import type { StatsWindow } from '../../../feedback/metrics/tally-windows.ts';
import { breakdowns } from '../../../feedback/metrics/window-tally.ts';
import { writeText } from '../../../files/write-lines.ts';
import { feedbackPage } from '../../../reports/feedback-page.ts';
import { statsText } from '../../../reports/text/stats-text.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { numberOption } from '../../number-option.ts';
import { eventWindow } from '../event-window.ts';

export interface StatsFlags {
  readonly store: string;
  readonly window: string;
  readonly until?: string;
  readonly breakdown?: string;
  readonly minGroupSize: string;
  readonly registry: string;
  readonly json?: boolean;
  readonly html?: string;
}

const hourMs = 3_600_000;

export async function runStats(io: CommandIo, flags: StatsFlags): Promise<ExitCode> {
  const { breakdown } = flags;
  const by = breakdown === undefined ? null : breakdowns.find((name) => name === breakdown);
  if (by === undefined) {
    throw new ConfigError(`--breakdown must be one of ${breakdowns.join(', ')}, received "${breakdown}"`);
  }
  const stats = await measureFeedback({
    minGroupSize: numberOption('--min-group-size', flags.minGroupSize, { whole: true, min: 1 }),
    window: windowOf(flags),
    store: resolve(io.cwd, flags.store),
    registry: resolve(io.cwd, flags.registry),
  });
  if (flags.html !== undefined) {
    const file = resolve(io.cwd, flags.html);
    await writeText(file, [feedbackPage(stats)]);
    note(io, `page: ${file}`);
  }
  line(io, flags.json === true ? JSON.stringify(stats, null, 2) : statsText(stats, by));
  for (const text of stats.notes) note(io, `note: ${text}`);
  return exitCodes.ok;
}

function windowOf({ window, until }: StatsFlags): StatsWindow {
  const [, count, unit] = /^(\d{1,5})([hdw])$/.exec(window) ?? [];
  const lengthMs = Number(count) * { h: 1, d: 24, w: 168 }[unit as 'h' | 'd' | 'w'] * hourMs;
  if (!(lengthMs > 0) || lengthMs > 3650 * 24 * hourMs) {
    throw new ConfigError(`--window must be a length up to ten years, received "${window}"`, [], {
      hint: 'for example --window 7d, --window 12h or --window 4w',
    });
  }
  const end = until === undefined ? undefined : eventWindow({ until }).until;
  const untilMs = end === undefined ? systemClock.now() : Date.parse(end);
  return { sinceMs: untilMs - lengthMs, untilMs };
}
