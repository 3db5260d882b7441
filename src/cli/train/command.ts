import type { ProgramCommand } from '../command.ts';
import type { TrainFlags } from './run.ts';

export const trainCommand: ProgramCommand = {
  name: 'train',
  group: 'Ship',
  examples: ['quorate train loop.yaml', 'quorate train loop.yaml --json'],
  exits: { 1: 'the training failed' },
  register(program, run) {
    program
      .command('train')
      .description('Run the training command of a loop on its dataset and register what comes out.')
      .argument('[loop]', 'the loop file', 'loop.yaml')
      .option('--again <name>', 'train on the same data once more; the same name is the same training')
      .option('--by <name>', 'whose name the registry gets; default: the user of this machine')
      .option('--json', 'print the training as JSON')
      .action(
        run(async (io, file: string, flags: TrainFlags) => (await import('./run.ts')).train(io, file, flags)),
      );
  },
};
