import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withStoreOption } from '../options.ts';
import type { StatsFlags } from './run.ts';

export const feedbackStatsCommand: CommandModule = {
  name: 'stats',
  register(feedback: Command, run) {
    const stats = feedback
      .command('stats')
      .description('Report feedback metrics with intervals, against their targets and the previous window.');
    withStoreOption(stats)
      .option('--window <length>', 'days (7d), hours (12h) or weeks (2w)', '7d')
      .option('--until <time>', 'end of the window (RFC 3339 or a date); default: now')
      .option('--breakdown <by>', 'also break down by category or by model')
      .option('--min-group-size <users>', 'hide slices with fewer users', '5')
      .option(
        '--registry <file>',
        'model registry: release dates of versions and the results of their gates',
        '.quorate/registry.db',
      )
      .option('--json', 'print all metrics as JSON')
      .option('--html <file>', 'write a self-contained page')
      .action(
        run(async (io, flags: StatsFlags) => {
          const { runStats } = await import('./run.ts');
          return runStats(io, flags);
        }),
      );
  },
};
