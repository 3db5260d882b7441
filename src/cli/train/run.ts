import { trainModel } from '../../app/loop/train-model.ts';
import { contextOf } from '../app-context.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { type LoopFileFlags, loopFile } from '../loop/options.ts';
import { actor } from '../models/options.ts';
import { requireConsentToLoop } from '../trust/require-consent.ts';

export interface TrainFlags extends LoopFileFlags {
  readonly rerun?: string;
  readonly trust?: boolean;
  readonly allowCommands?: boolean;
  readonly by?: string;
  readonly json?: boolean;
}

/** `quorate train`. */
export async function train(io: CommandIo, flags: TrainFlags): Promise<ExitCode> {
  const options = { by: actor(flags.by), rerun: flags.rerun };
  const file = loopFile(io, flags);
  await requireConsentToLoop(io, file, flags);
  const { model, training } = await trainModel(file, options, contextOf(io));
  const registered = training.status === 'registered';
  if (flags.json === true) line(io, JSON.stringify(training, null, 2));
  else if (registered) line(io, `${model} version ${training.version}: ${training.artefact}`);
  if (registered) return exitCodes.ok;
  note(io, `training ${training.id} failed: ${training.failure}`);
  note(io, '  see the log; the same command tries again');
  return exitCodes.negative;
}
