import type { ProgramCommand } from '../command.ts';
import type { TriggerFlags } from './run.ts';

export const triggersCommand: ProgramCommand = {
  name: 'triggers',
  group: 'Ship',
  examples: ['quorate triggers', 'quorate triggers --fire --json'],
  exits: { 0: 'no trigger fires', 1: 'at least one trigger fires' },
  register(program, run) {
    program
      .command('triggers')
      .description("Say which of a loop's rules are due: exit code 0 none, 1 some.")
      .option('--config <file>', 'the loop file', 'loop.yaml')
      .option('--fire', 'record what is due as fired: it is not due again for the same cause')
      .option('--now <time>', 'look as if it were this moment (RFC 3339)')
      .option('--history', 'print the firings so far instead')
      .option('--json', 'print the result as JSON')
      .action(run(async (io, flags: TriggerFlags) => (await import('./run.ts')).triggers(io, flags)));
  },
};
