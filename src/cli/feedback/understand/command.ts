import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { addJudgeOptions } from '../../options.ts';
import { withSettingsOption, withStoreOption, withWindowOptions } from '../options.ts';
import type { UnderstandFlags } from './run.ts';

export const understandFeedbackCommand: CommandModule = {
  name: 'understand',
  register(feedback: Command, run) {
    const understand = feedback
      .command('understand')
      .description('Classify complaints and group similar ones into issues, the most urgent first.');
    withWindowOptions(withSettingsOption(withStoreOption(understand)))
      .option('--limit <number>', 'issues to print; 0: all', '20')
      .option('--json', 'print all issues as JSON');
    addJudgeOptions(understand)
      .option('--max-usd <usd>', 'budget of the judge, earlier runs included')
      .option(
        '--replies <file>',
        'database that keeps the replies and the redacted comments that were sent',
        '.quorate/feedback-understand.db',
      )
      .option('--concurrency <number>', 'maximum number of concurrent calls', '8')
      .option('--retry-errors', 'ask again what ended in an error')
      .action(
        run(async (io, flags: UnderstandFlags) => {
          const { runUnderstand } = await import('./run.ts');
          return runUnderstand(io, flags);
        }),
      );
  },
};
