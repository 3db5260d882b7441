import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withSettingsOption, withStoreOption } from '../options.ts';
import type { RouteFlags } from './run.ts';

export const routeFeedbackCommand: CommandModule = {
  name: 'route',
  register(feedback: Command, run) {
    const route = feedback
      .command('route')
      .description('Create work items from complaints, and send alerts for new safety complaints.');
    withSettingsOption(withStoreOption(route))
      .option('--out <file>', 'work items (JSONL); an existing file is updated', '.quorate/actions.jsonl')
      .option('--json', 'print a summary as JSON')
      .action(
        run(async (io, flags: RouteFlags) => {
          const { runRoute } = await import('./run.ts');
          return runRoute(io, flags);
        }),
      );
  },
};
