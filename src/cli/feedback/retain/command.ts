import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { RetainFlags } from './run.ts';

export const retainFeedbackCommand: CommandModule = {
  name: 'retain',
  register(feedback: Command, run) {
    feedback
      .command('retain')
      .description('Remove feedback that is older than its class may be, and log it.')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--settings <file>', 'settings of the feedback loop; default: feedback.yaml, if there is one')
      .option('--dry-run', 'only say what would be removed')
      .option('--log', 'only say what was removed so far')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: RetainFlags) => {
          const { retainEvents } = await import('./run.ts');
          return retainEvents(io, flags);
        }),
      );
  },
};
