import { resolve } from 'node:path';
import { cleanEvents, undoCleaning } from '../../../app/feedback/clean-events.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import { contextOf } from '../../app-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import type { SettingsFlags } from '../options.ts';
import { cleaningText } from './text.ts';

export interface CleanFlags extends SettingsFlags {
  readonly store: string;
  readonly gold?: string;
  readonly undo?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export async function runClean(io: CommandIo, flags: CleanFlags): Promise<ExitCode> {
  const { cleaning: settings } = await loadFeedbackSettings(flags.settings, io.cwd);
  const store = resolve(io.cwd, flags.store);
  if (flags.undo !== undefined) {
    const undone = await undoCleaning(store, flags.undo);
    if (flags.json === true) line(io, JSON.stringify({ undone: flags.undo, decisions: undone }));
    else line(io, `${undone} decisions of ${flags.undo} are reverted`);
    return exitCodes.ok;
  }
  const gold = flags.gold === undefined ? undefined : resolve(io.cwd, flags.gold);
  const dryRun = flags.dryRun === true;
  const report = await cleanEvents({ store, settings, gold, dryRun }, contextOf(io));
  const { decisions, cleaning } = report;
  line(io, flags.json === true ? JSON.stringify(report, null, 2) : cleaningText(report));
  if (dryRun) note(io, `${decisions} decisions would be logged`);
  else if (decisions > 0)
    note(io, `${decisions} decisions logged; revert them with quorate feedback clean --undo ${cleaning}`);
  else note(io, 'no new decisions');
  return exitCodes.ok;
}
