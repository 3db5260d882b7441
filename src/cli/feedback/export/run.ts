import { resolve } from 'node:path';
import { openFeedbackStore } from '../../../app/open-feedback-store.ts';
import { ConfigError } from '../../../domain/errors.ts';
import { openEventRedactor } from '../../../feedback/redact-event.ts';
import { writeJsonLines } from '../../../files/write-lines.ts';
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

export async function exportEvents(io: CommandIo, flags: ExportEventsFlags): Promise<ExitCode> {
  if (flags.pii !== 'redact' && flags.pii !== 'keep') {
    throw new ConfigError(`--pii must be redact or keep, received "${flags.pii}"`);
  }
  const minWeight = numberOption('--min-weight', flags.minWeight, { min: 0, max: 1 });
  const window = eventWindow(flags);
  const redact = flags.pii === 'redact' ? openEventRedactor() : null;
  const left = { superseded: 0, quarantined: 0 };
  const store = await openFeedbackStore(flags.store, io.cwd, { mustExist: true });
  try {
    async function* counting() {
      for await (const { event, supersededBy, decision } of store.events(window)) {
        if (flags.kind !== undefined && !flags.kind.includes(event.kind)) continue;
        if (supersededBy !== undefined) left.superseded += 1;
        else if ((decision?.weight ?? 1) < minWeight) left.quarantined += 1;
        else yield redact === null ? event : redact(event);
      }
    }
    const written = await writeJsonLines(resolve(io.cwd, flags.out), counting());
    if (flags.json === true) line(io, JSON.stringify({ written, ...left }));
    note(
      io,
      `${flags.out}: ${written} events; left out ${left.superseded} superseded, ${left.quarantined} quarantined`,
    );
  } finally {
    await store.close();
  }
  return exitCodes.ok;
}
