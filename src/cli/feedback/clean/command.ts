import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { CleanFlags } from './run.ts';

export const cleanFeedbackCommand: CommandModule = {
  name: 'clean',
  register(feedback: Command, run) {
    feedback
      .command('clean')
      .description(
        'Weigh the events: duplicates, machines and attackers, quality of authors, conflicts. Deletes nothing.',
      )
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--config <file>', 'settings, section `cleaning` (feedback.yaml)')
      .option(
        '--gold <file>',
        'responses of known quality: {"response_id", "quality": "good" | "bad"} a line',
      )
      .option('--undo <cleaning>', 'take back what one cleaning decided')
      .option('--dry-run', 'say what would be decided, decide nothing')
      .option('--json', 'the whole report as JSON')
      .action(
        run(async (io, flags: CleanFlags) => {
          const { cleanEvents } = await import('./run.ts');
          return cleanEvents(io, flags);
        }),
      );
  },
};
