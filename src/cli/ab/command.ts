import type { ProgramCommand } from '../command.ts';
import { withLoopOption, withNowOption } from '../loop/options.ts';
import { trustOption } from '../options.ts';
import type { AssignFlags, ReadoutFlags } from './run.ts';

export const abCommand: ProgramCommand = {
  name: 'ab',
  group: 'Ship',
  examples: ['quorate ab assign EXPERIMENT user-1 user-2', 'quorate ab readout EXPERIMENT --json'],
  exits: { 0: 'readout: an arm is better', 1: 'readout: no arm is better', 3: 'readout: inconclusive' },
  register(program, run) {
    const ab = program
      .command('ab')
      .description('Run the A/B tests of a loop: assign users to arms and read out the result.');
    const assign = ab
      .command('assign')
      .description('Print the arm of each user: a hash of the user id, the same at every call.')
      .argument('<experiment>')
      .argument('<users...>');
    withLoopOption(assign)
      .option('--json', 'print one JSON object a line')
      .action(
        run(async (io, experiment: string, users: readonly string[], flags: AssignFlags) =>
          (await import('./run.ts')).runAssign(io, experiment, users, flags),
        ),
      );
    const readout = ab.command('readout').description('Compare the arms.').argument('<experiment>');
    trustOption(withNowOption(withLoopOption(readout)))
      .option('--json', 'print the result as JSON')
      .action(
        run(async (io, experiment: string, flags: ReadoutFlags) =>
          (await import('./run.ts')).runReadout(io, experiment, flags),
        ),
      );
  },
};
