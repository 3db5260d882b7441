import { loadLoop } from '../../config/loop/load-loop.ts';
import { ConfigError, StoreError } from '../../domain/errors.ts';
import type { Experiment, LoopSpec } from '../../domain/loop.ts';
import { armLabel, assignArm } from '../../loop/experiment/assign-arm.ts';
import { type Readout, readOut } from '../../loop/experiment/read-out.ts';
import type { AppContext } from '../context.ts';
import { withLoop } from './open-loop.ts';

/** The arm of each user in an experiment of a loop file: a hash of the user id, the same at every call. */
export async function assignUsers(file: string, id: string, users: readonly string[]) {
  const experiment = experimentOf(await loadLoop(file), id);
  return users.map((user) => {
    const arm = assignArm(experiment, user);
    return { experiment: id, user, arm, label: armLabel(experiment, arm) };
  });
}

/** Compares the arms of an experiment of a loop file on the recorded feedback. @throws ConfigError, StoreError */
export function readOutExperiment(file: string, id: string, context: AppContext): Promise<Readout> {
  return withLoop(file, '', context, async ({ loop, clock, ...parts }) => {
    const experiment = experimentOf(loop, id);
    const feedback = await parts.feedback();
    if (feedback === null) {
      throw new StoreError(`${loop.feedback}: there is no feedback yet`, {
        hint: 'collect it with quorate serve or quorate feedback import',
      });
    }
    return readOut(experiment, feedback, clock.now());
  });
}

function experimentOf({ experiments, file }: LoopSpec, id: string): Experiment {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found !== undefined) return found;
  throw new ConfigError(`${file} has no experiment "${id}"`, [], {
    hint:
      experiments.length === 0
        ? 'describe it under "experiments"'
        : `experiments: ${experiments.map((known) => known.id).join(', ')}`,
  });
}
