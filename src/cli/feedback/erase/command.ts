import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withStoreOption } from '../options.ts';
import type { EraseFlags } from './run.ts';

export const eraseFeedbackCommand: CommandModule = {
  name: 'erase',
  register(feedback: Command, run) {
    const erase = feedback
      .command('erase')
      .description('Erase everything one person left, and name the exported datasets that contain it.')
      .requiredOption('--author <id>', 'id of the person in the application');
    withStoreOption(erase)
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: EraseFlags) => {
          const { erasePerson } = await import('./run.ts');
          return erasePerson(io, flags);
        }),
      );
  },
};
