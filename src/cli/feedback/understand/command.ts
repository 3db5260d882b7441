import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import { addJudgeOptions } from '../../judge-options.ts';
import type { UnderstandFlags } from './run.ts';

export const understandFeedbackCommand: CommandModule = {
  name: 'understand',
  register(feedback: Command, run) {
    const understand = feedback
      .command('understand')
      .description(
        'What people complain about: categories and groups of similar complaints, the most urgent first.',
      )
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--config <file>', 'settings, section `understanding` (feedback.yaml)')
      .option('--since <time>', 'events from this moment on (RFC 3339 or a date)')
      .option('--until <time>', 'events before this moment')
      .option('--model-version <version>', 'events about this version')
      .option('--limit <number>', 'issues to show; 0: all', '20')
      .option('--json', 'everything as JSON');
    addJudgeOptions(understand)
      .option('--max-usd <number>', 'the most that the judge may cost, earlier runs included')
      .option(
        '--replies <file>',
        'database that keeps the replies, and the redacted comments that were sent',
        '.quorate/feedback-understand.db',
      )
      .option('--concurrency <number>', 'calls in flight at most', '8')
      .option('--retry-errors', 'ask again what ended in an error')
      .action(
        run(async (io, flags: UnderstandFlags) => {
          const { understandEvents } = await import('./run.ts');
          return understandEvents(io, flags);
        }),
      );
  },
};
