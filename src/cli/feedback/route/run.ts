import { resolve } from 'node:path';
import { routeEvents } from '../../../app/feedback/route-events.ts';
import { loadFeedbackSettings } from '../../../config/feedback/load-feedback-settings.ts';
import { actionKinds } from '../../../domain/routing.ts';
import { oneLine } from '../../../reports/text/text-table.ts';
import { contextOf } from '../../app-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import type { SettingsFlags } from '../options.ts';

export interface RouteFlags extends SettingsFlags {
  readonly store: string;
  readonly out: string;
  readonly json?: boolean;
}

export async function runRoute(io: CommandIo, flags: RouteFlags): Promise<ExitCode> {
  const settings = await loadFeedbackSettings(flags.settings, io.cwd);
  const file = resolve(io.cwd, flags.out);
  const request = { store: resolve(io.cwd, flags.store), out: file, folder: io.cwd, settings };
  const { items, created, alerts } = await routeEvents(request, contextOf(io));
  if (flags.json === true) {
    line(io, JSON.stringify({ file, items: items.length, created, alerts }, null, 2));
  } else {
    for (const action of actionKinds) {
      const own = items.filter((item) => item.action === action && item.status !== 'dismissed');
      if (own.length === 0) continue;
      line(io, `${action.padEnd(12)} ${String(own.length).padStart(4)}  first: ${oneLine(own[0]!.title)}`);
    }
  }
  note(io, `${items.length} work items in ${flags.out}, ${created} of them new`);
  if (alerts.sent > 0) note(io, `${alerts.sent} safety alerts sent`);
  if (alerts.waiting > 0) note(io, `${alerts.waiting} alerts pending; the next route or serve retries them`);
  return exitCodes.ok;
}
