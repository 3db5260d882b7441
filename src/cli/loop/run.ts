import { runLoopFile } from '../../app/loop/run-loop.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, note } from '../io.ts';
import { requireConsentToLoop } from '../trust/require-consent.ts';
import { contextAt, type LoopFileFlags, loopFile } from './options.ts';

export interface LoopFlags extends LoopFileFlags {
  readonly once?: boolean;
  readonly trust?: boolean;
  readonly allowCommands?: boolean;
  readonly now?: string;
  readonly by: string;
}

/** `quorate loop`: the retraining daemon. */
export async function runLoopCommand(io: CommandIo, flags: LoopFlags): Promise<ExitCode> {
  const options = { once: flags.once === true, by: flags.by };
  const file = loopFile(io, flags);
  await requireConsentToLoop(io, file, flags);
  const done = await runLoopFile(file, options, contextAt(io, flags.now));
  note(io, done.length === 0 ? 'nothing was due' : `done: ${done.join(', ')}`);
  return exitCodes.ok;
}
