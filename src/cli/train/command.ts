import type { ProgramCommand } from '../command.ts';
import { withLoopOption } from '../loop/options.ts';
import { trustOption } from '../options.ts';
import type { TrainFlags } from './run.ts';

export const trainCommand: ProgramCommand = {
  name: 'train',
  group: 'Ship',
  examples: ['quorate train', 'quorate train --loop loop.yaml --json'],
  exits: { 1: 'the training failed' },
  register(program, run) {
    const train = program
      .command('train')
      .description('Run the training command of a loop on its dataset and register the resulting version.');
    trustOption(withLoopOption(train))
      .option('--allow-commands', 'let the loop run its commands, for this call')
      .option('--rerun <name>', 'train on the same data again; the same name is the same training')
      .option('--by <name>', 'name that the registry records; default: the user of this machine')
      .option('--json', 'print the training as JSON')
      .action(
        run(async (io, flags: TrainFlags) => {
          const { train: runTrain } = await import('./run.ts');
          return runTrain(io, flags);
        }),
      );
  },
};
