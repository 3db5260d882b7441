import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { StatsFlags } from './run.ts';

export const feedbackStatsCommand: CommandModule = {
  name: 'stats',
  register(feedback: Command, run) {
    feedback
      .command('stats')
      .description('What people say, in numbers with intervals, against targets and the window before.')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--window <length>', 'days (7d), hours (12h) or weeks (2w)', '7d')
      .option('--until <time>', 'end of the window (RFC 3339 or a date); default: now')
      .option('--by <what>', 'also by category or by model')
      .option('--k <people>', 'slices of fewer people are hidden', '5')
      .option(
        '--registry <file>',
        'model registry: when versions came, what their gates said',
        '.quorate/registry.db',
      )
      .option('--json', 'print everything as JSON')
      .option('--html <file>', 'write a page that loads nothing')
      .action(
        run(async (io, flags: StatsFlags) => {
          const { runStats } = await import('./run.ts');
          return runStats(io, flags);
        }),
      );
  },
};
