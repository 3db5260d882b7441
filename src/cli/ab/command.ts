import type { ProgramCommand } from '../command.ts';
import type { ReadoutFlags } from './run.ts';

export const abCommand: ProgramCommand = {
  name: 'ab',
  group: 'Ship',
  examples: ['quorate ab assign EXPERIMENT user-1 user-2', 'quorate ab readout EXPERIMENT --json'],
  exits: { 0: 'readout: an arm is better', 1: 'readout: no arm is better', 3: 'readout: inconclusive' },
  register(program, run) {
    const ab = program
      .command('ab')
      .description('A/B tests of a loop: who gets which arm, and what people say.');
    ab.command('assign')
      .description('Print the arm of users: the same at every call, a hash of their id.')
      .argument('<experiment>')
      .argument('<users...>')
      .option('--config <file>', 'the loop file', 'loop.yaml')
      .option('--json', 'print the result as JSON')
      .action(
        run(async (io, experiment: string, users: readonly string[], flags: ReadoutFlags) =>
          (await import('./run.ts')).assignUsers(io, experiment, users, flags),
        ),
      );
    ab.command('readout')
      .description('Compare the arms: exit code 0 one is better, 1 none is, 3 not yet or not to be believed.')
      .argument('<experiment>')
      .option('--config <file>', 'the loop file', 'loop.yaml')
      .option('--now <time>', 'look as if it were this moment (RFC 3339)')
      .option('--json', 'print the result as JSON')
      .action(
        run(async (io, experiment: string, flags: ReadoutFlags) =>
          (await import('./run.ts')).readOutExperiment(io, experiment, flags),
        ),
      );
  },
};
