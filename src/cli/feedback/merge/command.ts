import type { Command } from 'commander';
import type { CommandModule } from '../../command.ts';
import { withStoreOption, withWindowOptions } from '../options.ts';
import type { MergeFlags } from './run.ts';

export const mergeFeedbackCommand: CommandModule = {
  name: 'merge',
  register(feedback: Command, run) {
    const merge = feedback
      .command('merge')
      .description('Turn feedback into human votes and items that `quorate reconcile` reads beside AI votes.')
      .requiredOption('--out <file>', 'human votes (JSONL)')
      .requiredOption('--items <file>', 'items that the votes are about (JSONL)');
    withWindowOptions(withStoreOption(merge))
      .option('--known <files...>', 'items judged before: feedback on the same prompt takes their ids')
      .option(
        '--group-by <what>',
        'events on one item share the prompt text or the query id: prompt, query',
        'prompt',
      )
      .option('--ai <files...>', 'AI votes: report their agreement with humans, by category')
      .option('--anchors <file>', 'write the questions that both humans and AI answered (JSONL); needs --ai')
      .option('--review <file>', 'write the disagreements between humans and AI (JSONL); needs --ai')
      .option('--sample <count>', 'draw this many anchors at random; needs --ai')
      .option('--min-weight <share>', 'human votes of a lower weight are no anchors', '0.5')
      .option('--min-group-size <users>', 'hide the coverage of slices with fewer users', '5')
      .option('--seed <number>', 'seed of the sample and of the intervals', '0')
      .option('--json', 'print the report as JSON')
      .action(
        run(async (io, flags: MergeFlags) => {
          const { runMerge } = await import('./run.ts');
          return runMerge(io, flags);
        }),
      );
  },
};
