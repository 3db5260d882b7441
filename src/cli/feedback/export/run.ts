import { resolve } from 'node:path';
import { exportEvents } from '../../../app/feedback/export-events.ts';
import { ConfigError } from '../../../domain/errors.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { type CommandIo, line, note } from '../../io.ts';
import { numberOption } from '../../number-option.ts';
import { eventWindow, type WindowFlags } from '../event-window.ts';

export interface ExportEventsFlags extends WindowFlags {
  readonly out: string;
  readonly store: string;
  readonly kind?: readonly string[];
  readonly minWeight: string;
  readonly pii: string;
  readonly json?: boolean;
}

export async function runExport(io: CommandIo, flags: ExportEventsFlags): Promise<ExitCode> {
  if (flags.pii !== 'redact' && flags.pii !== 'keep') {
    throw new ConfigError(`--pii must be redact or keep, received "${flags.pii}"`);
  }
  const exported = await exportEvents({
    minWeight: numberOption('--min-weight', flags.minWeight, { min: 0, max: 1 }),
    window: eventWindow(flags),
    redact: flags.pii === 'redact',
    kinds: flags.kind,
    store: resolve(io.cwd, flags.store),
    out: resolve(io.cwd, flags.out),
  });
  const { written, superseded, quarantined } = exported;
  if (flags.json === true) line(io, JSON.stringify(exported));
  note(io, `${flags.out}: ${written} events; left out ${superseded} superseded, ${quarantined} quarantined`);
  return exitCodes.ok;
}
