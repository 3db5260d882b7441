import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { systemClock } from '../../../app/system-clock.ts';
import { ConfigError } from '../../../domain/errors.ts';
import type { RegistryEntry } from '../../../domain/model-version.ts';
import { type FeedbackStats, feedbackStats } from '../../../feedback/metrics/feedback-stats.ts';
import { type StatsWindow, tallyWindows } from '../../../feedback/metrics/tally-windows.ts';
import { breakdowns } from '../../../feedback/metrics/window-tally.ts';
import { writeText } from '../../../files/write-lines.ts';
import { feedbackPage } from '../../../reports/feedback-page.ts';
import { statsText } from '../../../reports/text/stats-text.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { withRegistry } from '../../models/with-registry.ts';
import { numberOption } from '../../number-option.ts';
import { eventWindow } from '../event-window.ts';

export interface StatsFlags {
  readonly store: string;
  readonly window: string;
  readonly until?: string;
  readonly by?: string;
  readonly k: string;
  readonly registry: string;
  readonly json?: boolean;
  readonly html?: string;
}

const hourMs = 3_600_000;
/** Feedback that waits longer than this is as old as this. */
const lookBackMs = 90 * 24 * hourMs;

export async function runStats(io: CommandIo, flags: StatsFlags): Promise<ExitCode> {
  const by = flags.by === undefined ? null : breakdowns.find((name) => name === flags.by);
  if (by === undefined) {
    throw new ConfigError(`--by must be one of ${breakdowns.join(', ')}, received "${flags.by}"`);
  }
  const k = numberOption('--k', flags.k, { whole: true, min: 1 });
  const stats = await measure(io, flags, windowOf(flags), k);
  if (flags.html !== undefined) {
    const file = resolve(io.cwd, flags.html);
    await writeText(file, [feedbackPage(stats)]);
    note(io, `page: ${file}`);
  }
  line(io, flags.json === true ? JSON.stringify(stats, null, 2) : statsText(stats, by));
  for (const text of stats.notes) note(io, `note: ${text}`);
  return exitCodes.ok;
}

async function measure(
  io: CommandIo,
  { store: place, registry }: StatsFlags,
  window: StatsWindow,
  k: number,
): Promise<FeedbackStats> {
  const { sinceMs, untilMs } = window;
  const until = new Date(untilMs).toISOString();
  const since = (ms: number) => new Date(ms).toISOString();
  const store = await openFeedbackStore(place, io.cwd, { mustExist: true });
  try {
    const beforeMs = 2 * sinceMs - untilMs;
    const tallies = await tallyWindows(
      store.events({ since: since(Math.min(beforeMs, untilMs - lookBackMs)), until }),
      store.interactions({ since: since(beforeMs), until }),
      window,
    );
    return feedbackStats(tallies, { ...window, k, registry: await historiesOf(io, registry) });
  } finally {
    await store.close();
  }
}

/** Null where there is no registry: versions are then dated by when they were first heard of. */
async function historiesOf(io: CommandIo, registry: string): Promise<RegistryEntry[][] | null> {
  if (!existsSync(resolve(io.cwd, registry))) return null;
  return withRegistry(io, { registry }, async (models) => {
    const histories: RegistryEntry[][] = [];
    for (const model of await models.models()) histories.push([...(await models.history(model))]);
    return histories;
  });
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
