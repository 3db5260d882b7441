import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line } from '../io.ts';
import type { ExplainFlags } from '../wiring/explain-flags.ts';

export const explainCommand: CommandModule = {
  name: 'explain',
  register(program: Command, run) {
    program
      .command('explain')
      .description(
        'Show where a preference comes from: every vote on an item, its prompt, raw reply and weight.',
      )
      .argument('<item>', 'id of an item')
      .option('--job <file>', 'job file (YAML)', 'job.yaml')
      .option('--rater <id>', 'only the votes of this rater')
      .option('--full', 'show prompts whole instead of their beginnings')
      .option('--json', 'print everything as JSON')
      .action(
        run(async (io, item: string, flags: ExplainFlags) => {
          const { explainItem } = await import('../wiring/explain-item.ts');
          const { explanationLines } = await import('../wiring/explanation-lines.ts');
          const explanation = await explainItem(io, item, flags);
          if (flags.json === true) line(io, JSON.stringify(explanation, null, 2));
          else for (const text of explanationLines(explanation, flags.full === true)) line(io, text);
          return exitCodes.ok;
        }),
      );
  },
};
