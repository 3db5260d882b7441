import { resolve } from 'node:path';
import { readEvents } from '../../../app/feedback/read-events.ts';
import type { StoredEvent } from '../../../ports/feedback-store.ts';
import { oneLine } from '../../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { numberOption } from '../../number-option.ts';
import { eventWindow, type WindowFlags } from '../event-window.ts';

export interface ListFlags extends WindowFlags {
  readonly store: string;
  readonly kind?: readonly string[];
  readonly limit: string;
  readonly json?: boolean;
}

export async function listEvents(io: CommandIo, flags: ListFlags): Promise<ExitCode> {
  const limit = numberOption('--limit', flags.limit, { whole: true, min: 0 }) || Infinity;
  const filter = { window: eventWindow(flags), kinds: flags.kind, limit };
  let listed = 0;
  for await (const stored of readEvents(resolve(io.cwd, flags.store), filter)) {
    listed += 1;
    line(io, flags.json === true ? JSON.stringify(stored) : lineOf(stored));
  }
  note(io, `${listed} events`);
  return exitCodes.ok;
}

function lineOf({ event, supersededBy, decision }: StoredEvent): string {
  const cleaning = decision === undefined ? '' : `weight ${decision.weight} (${decision.reasons.join('; ')})`;
  return [
    event.at,
    event.id,
    event.kind,
    event.response_id,
    event.model_version,
    supersededBy === undefined ? '' : `superseded by ${supersededBy}`,
    cleaning,
  ]
    .map(oneLine)
    .filter((part) => part !== '')
    .join('  ');
}
