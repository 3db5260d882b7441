import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { ListFlags } from './run.ts';

export const listFeedbackCommand: CommandModule = {
  name: 'list',
  register(feedback: Command, run) {
    feedback
      .command('list')
      .description('The events of the store, in order of arrival, with what cleaning decided.')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--since <time>', 'events from this moment on (RFC 3339 or a date)')
      .option('--until <time>', 'events before this moment')
      .option('--model-version <version>', 'events about this version')
      .option('--kind <kinds...>', 'only these kinds')
      .option('--limit <number>', 'stop after this many; 0: all', '0')
      .option('--json', 'one JSON object a line')
      .action(
        run(async (io, flags: ListFlags) => {
          const { listEvents } = await import('./run.ts');
          return listEvents(io, flags);
        }),
      );
  },
};
