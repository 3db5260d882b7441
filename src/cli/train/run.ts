import { resolve } from 'node:path';
import { loadLoop } from '../../config/loop/load-loop.ts';
import { ConfigError } from '../../domain/errors.ts';
import { runTraining } from '../../loop/training/run-training.ts';
import { countAccepted } from '../../loop/triggers/count-accepted.ts';
import { openSqliteLoopStore } from '../../store/sqlite/sqlite-loop-store.ts';
import { openSqliteRegistry } from '../../store/sqlite/sqlite-registry.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { authorOf } from '../models/with-registry.ts';

export interface TrainFlags {
  readonly again?: string;
  readonly by?: string;
  readonly json?: boolean;
}

/** Exit code 0 when a version is registered, 1 when the training failed. */
export async function train(io: CommandIo, file: string, flags: TrainFlags): Promise<ExitCode> {
  const loop = await loadLoop(resolve(io.cwd, file));
  if (loop.train === null) {
    throw new ConfigError(`${loop.file} describes no training`, [], {
      hint: 'say under "train" which dataset and which command: docs/loop.md',
    });
  }
  const store = openSqliteLoopStore(loop.state);
  const registry = openSqliteRegistry(loop.registry);
  try {
    const training = await runTraining(loop, loop.train, {
      ...authorOf(flags.by),
      store,
      registry,
      signal: io.signal,
      env: io.env,
      acceptedPairs: await countAccepted(loop.preferences),
      again: flags.again,
      onLine: (text) => note(io, text),
    });
    if (flags.json === true) line(io, JSON.stringify(training, null, 2));
    else if (training.status === 'registered')
      line(io, `${loop.model} version ${training.version}: ${training.artefact}`);
    if (training.status === 'registered') return exitCodes.ok;
    note(io, `training ${training.id} failed: ${training.failure}`);
    note(io, '  see the log; the same command tries again');
    return exitCodes.negative;
  } finally {
    await registry.close();
    await store.close();
  }
}
