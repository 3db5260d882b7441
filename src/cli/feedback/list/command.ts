import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withStoreOption, withWindowOptions } from '../options.ts';
import type { ListFlags } from './run.ts';

export const listFeedbackCommand: CommandModule = {
  name: 'list',
  register(feedback: Command, run) {
    const list = feedback
      .command('list')
      .description('List the events in order of arrival, with their cleaning decisions.');
    withWindowOptions(withStoreOption(list))
      .option('--kind <kinds...>', 'only these kinds')
      .option('--limit <number>', 'stop after this many; 0: all', '0')
      .option('--json', 'print one JSON object a line')
      .action(
        run(async (io, flags: ListFlags) => {
          const { listEvents } = await import('./run.ts');
          return listEvents(io, flags);
        }),
      );
  },
};
