import { checkTriggers, firingHistory } from '../../app/loop/check-triggers.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line } from '../io.ts';
import { contextAt, type LoopFileFlags, loopFile } from '../loop/options.ts';
import { historyLines, triggerTable } from './text.ts';

export interface TriggerFlags extends LoopFileFlags {
  readonly ack?: boolean;
  readonly now?: string;
  readonly history?: boolean;
  readonly json?: boolean;
}

/** `quorate triggers`. */
export async function runTriggers(io: CommandIo, flags: TriggerFlags): Promise<ExitCode> {
  const context = contextAt(io, flags.now);
  const file = loopFile(io, flags);
  if (flags.history === true) {
    const history = await firingHistory(file, context);
    if (flags.json === true) line(io, JSON.stringify(history, null, 2));
    else for (const text of historyLines(history.firings)) line(io, text);
    return exitCodes.ok;
  }
  const checked = await checkTriggers(file, flags.ack === true, context);
  line(io, flags.json === true ? JSON.stringify(checked, null, 2) : triggerTable(checked.triggers));
  return checked.due.length > 0 ? exitCodes.negative : exitCodes.ok;
}
