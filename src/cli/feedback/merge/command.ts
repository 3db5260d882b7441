import type { Command } from 'commander';
import { defaultFeedbackStore } from '../../../app/open-feedback-store.ts';
import type { CommandModule } from '../../command.ts';
import type { MergeFlags } from './run.ts';

export const mergeFeedbackCommand: CommandModule = {
  name: 'merge',
  register(feedback: Command, run) {
    feedback
      .command('merge')
      .description(
        'Turn what people did into votes and items that `quorate reconcile` reads beside AI votes.',
      )
      .requiredOption('--out <file>', 'votes of people (JSONL)')
      .requiredOption('--items <file>', 'the items that they are about (JSONL)')
      .option('--store <file>', 'feedback store', defaultFeedbackStore)
      .option('--since <time>', 'events from this moment on (RFC 3339 or a date)')
      .option('--until <time>', 'events before this moment')
      .option('--model-version <version>', 'events about this version')
      .option('--known <files...>', 'items judged before: feedback on the same prompt takes their ids')
      .option(
        '--group-by <what>',
        'prompt: the same prompt text is one item; query: the same query id',
        'prompt',
      )
      .option('--ai <files...>', 'AI votes: agreement with people, by category')
      .option('--anchors <file>', 'questions that people and AI both answered (JSONL); needs --ai')
      .option('--review <file>', 'those on which they say opposite things (JSONL); needs --ai')
      .option('--sample <count>', 'draw this many of those questions at random')
      .option('--min-weight <share>', 'people’s votes below this weight are no anchors', '0.5')
      .option('--k <people>', 'coverage of slices of fewer people is hidden', '5')
      .option('--seed <number>', 'seed of the sample and of the intervals', '0')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: MergeFlags) => {
          const { mergeEvents } = await import('./run.ts');
          return mergeEvents(io, flags);
        }),
      );
  },
};
