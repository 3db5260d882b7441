import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withSettingsOption, withStoreOption } from '../options.ts';
import type { RetainFlags } from './run.ts';

export const retainFeedbackCommand: CommandModule = {
  name: 'retain',
  register(feedback: Command, run) {
    const retain = feedback
      .command('retain')
      .description(
        'Remove feedback that is older than the retention period of its class, and log the removal.',
      );
    withSettingsOption(withStoreOption(retain))
      .option('--dry-run', 'only print what would be removed')
      .option('--log', 'only print the past removals')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: RetainFlags) => {
          const { runRetain } = await import('./run.ts');
          return runRetain(io, flags);
        }),
      );
  },
};
