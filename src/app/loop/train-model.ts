import { ConfigError } from '../../domain/errors.ts';
import { runTraining } from '../../loop/training/run-training.ts';
import { countAccepted } from '../../loop/triggers/measure-new-pairs.ts';
import type { AppContext } from '../context.ts';
import { withLoop } from './open-loop.ts';

export interface TrainOptions {
  /** The name that the registry records. */
  readonly by: string;
  /** Trains on the same data once more. The same name is the same training. */
  readonly rerun?: string | undefined;
}

/**
 * Runs the training command of a loop file on its dataset and registers the model version that it produced.
 * A failed training is a value. @throws ConfigError where the file describes no training
 */
export function trainModel(file: string, { by, rerun }: TrainOptions, context: AppContext) {
  return withLoop(file, by, context, async ({ loop, ...parts }) => {
    if (loop.train === null) {
      throw new ConfigError(`${loop.file} describes no training`, [], {
        hint: 'name a dataset and a command under "train": docs/loop.md',
      });
    }
    const acceptedPairs = await countAccepted(loop.preferences);
    const training = await runTraining(loop, loop.train, { ...parts, acceptedPairs, again: rerun });
    return { model: loop.model, training };
  });
}
