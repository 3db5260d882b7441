import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withSettingsOption, withStoreOption } from '../options.ts';
import type { CleanFlags } from './run.ts';

export const cleanFeedbackCommand: CommandModule = {
  name: 'clean',
  register(feedback: Command, run) {
    const clean = feedback
      .command('clean')
      .description(
        'Weight the events: duplicates, bots and attackers, author quality, conflicts. Deletes nothing.',
      );
    withSettingsOption(withStoreOption(clean))
      .option(
        '--gold <file>',
        'responses of known quality, one {"response_id", "quality": "good" | "bad"} a line',
      )
      .option('--undo <cleaning>', 'revert the decisions of one cleaning')
      .option('--dry-run', 'print the decisions without recording them')
      .option('--json', 'print the full report as JSON')
      .action(
        run(async (io, flags: CleanFlags) => {
          const { runClean } = await import('./run.ts');
          return runClean(io, flags);
        }),
      );
  },
};
