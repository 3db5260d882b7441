import type { ProgramCommand } from '../command.ts';
import { withLoopOption, withNowOption } from '../loop/options.ts';
import { trustOption } from '../options.ts';
import type { TriggerFlags } from './run.ts';

export const triggersCommand: ProgramCommand = {
  name: 'triggers',
  group: 'Ship',
  examples: ['quorate triggers', 'quorate triggers --ack --json'],
  exits: { 0: 'no trigger fires', 1: 'at least one trigger fires' },
  register(program, run) {
    const triggers = program.command('triggers').description('Show which retraining triggers fire.');
    trustOption(withNowOption(withLoopOption(triggers)))
      .option('--ack', 'record due triggers as fired, so that they do not fire again for the same cause')
      .option('--history', 'print the past firings instead')
      .option('--json', 'print the result as JSON')
      .action(
        run(async (io, flags: TriggerFlags) => {
          const { runTriggers } = await import('./run.ts');
          return runTriggers(io, flags);
        }),
      );
  },
};
