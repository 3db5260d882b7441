import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { jsonOption, pluginOption } from '../options.ts';
import type { ExplainFlags } from './run.ts';

export const explainCommand: ProgramCommand = {
  name: 'explain',
  group: 'Judge',
  examples: [
    'quorate explain ITEM --job job.yaml',
    'quorate explain ROW --dataset out/dpo --job job.yaml --full',
  ],
  register(program: Command, run) {
    const command = program
      .command('explain')
      .description('Show every vote behind a preference, with its prompt, raw reply and weight.')
      .argument('<id>', 'id of an item, or with --dataset of a row')
      .option('--dataset <folder>', 'exported dataset: explain one of its rows')
      .option('--job <file>', 'job file (YAML)', 'job.yaml')
      .option('--rater <id>', 'only the votes of this rater')
      .option('--full', 'show prompts and replies in full');
    pluginOption(command);
    jsonOption(command, 'everything').action(
      run(async (io, id: string, flags: ExplainFlags) => {
        const { runExplain } = await import('./run.ts');
        return runExplain(io, id, flags);
      }),
    );
  },
};
