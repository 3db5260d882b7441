import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { EraseFlags } from './run.ts';

export const eraseFeedbackCommand: CommandModule = {
  name: 'erase',
  register(feedback: Command, run) {
    feedback
      .command('erase')
      .description('Remove what one person left; names the exported datasets that contained it.')
      .requiredOption('--author <id>', 'id of the person in the application, as it was sent')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: EraseFlags) => {
          const { erasePerson } = await import('./run.ts');
          return erasePerson(io, flags);
        }),
      );
  },
};
