import { resolve } from 'node:path';
import { pastRemovals, retainEvents } from '../../../app/feedback/retain-events.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import type { Removal } from '../../../ports/feedback-store.ts';
import { textTable } from '../../../reports/text/text-table.ts';
import { contextOf } from '../../app-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line } from '../../io.ts';
import type { SettingsFlags } from '../options.ts';

export interface RetainFlags extends SettingsFlags {
  readonly store: string;
  readonly dryRun?: boolean;
  readonly log?: boolean;
  readonly json?: boolean;
}

export async function runRetain(io: CommandIo, flags: RetainFlags): Promise<ExitCode> {
  const { retention } = await loadFeedbackSettings(flags.settings, io.cwd);
  const store = resolve(io.cwd, flags.store);
  if (flags.log === true) {
    for (const removal of await pastRemovals(store))
      line(io, flags.json === true ? JSON.stringify(removal) : removalLine(removal));
    return exitCodes.ok;
  }
  const dryRun = flags.dryRun === true;
  const classes = await retainEvents(store, retention, { dryRun }, contextOf(io));
  if (flags.json === true) line(io, JSON.stringify({ dry_run: dryRun, classes }, null, 2));
  else {
    line(
      io,
      textTable(classes, [
        { title: 'class', text: (row) => row.class },
        { title: 'retention (days)', right: true, text: (row) => String(row.days ?? 'forever') },
        {
          title: dryRun ? 'would be removed' : 'removed',
          right: true,
          text: (row) => String(row.removed),
        },
      ]),
    );
  }
  return exitCodes.ok;
}

function removalLine({ part, before, count, at }: Removal): string {
  const what = typeof part === 'string' ? part : part.events.join(', ');
  return `${at}  ${count} removed from before ${before}: ${what}`;
}
