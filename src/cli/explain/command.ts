import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';

export interface ExplainFlags {
  readonly job: string;
  readonly rater?: string;
  readonly full?: boolean;
  readonly json?: boolean;
  /** A folder that `quorate export` wrote; the id is then that of a row. */
  readonly dataset?: string;
}

export const explainCommand: ProgramCommand = {
  name: 'explain',
  group: 'Judge',
  examples: [
    'quorate explain ITEM --job job.yaml',
    'quorate explain ROW --dataset out/dpo --job job.yaml --full',
  ],
  register(program: Command, run) {
    program
      .command('explain')
      .description(
        'Show where a preference comes from: every vote on an item, its prompt, raw reply and weight.',
      )
      .argument('<id>', 'id of an item, or with --dataset of a row')
      .option('--dataset <folder>', 'an exported dataset: start from one of its rows')
      .option('--job <file>', 'job file (YAML)', 'job.yaml')
      .option('--rater <id>', 'only the votes of this rater')
      .option('--full', 'show prompts whole instead of their beginnings')
      .option('--json', 'print everything as JSON')
      .action(
        run(async (io, id: string, flags: ExplainFlags) => {
          const { resolve } = await import('node:path');
          let item = id;
          if (flags.dataset !== undefined) {
            const { findRow } = await import('../../datasets/find-row.ts');
            const row = await findRow(resolve(io.cwd, flags.dataset), id);
            item = row.meta.item;
            const { events = [] } = row.meta;
            note(io, `${id}: row ${row.line} of ${row.split}, item ${item}, source ${row.meta.source}`);
            if (events.length > 0) {
              // what people did is told by the feedback store; no judge voted on it
              note(io, `made from the feedback events ${events.join(', ')}`);
              if (flags.json === true) line(io, JSON.stringify(row, null, 2));
              return exitCodes.ok;
            }
          }
          const { explainItem } = await import('../../app/explain-item.ts');
          const { loadJob } = await import('../../config/job/load-job.ts');
          const { explanationLines } = await import('./text.ts');
          const explanation = await explainItem(
            await loadJob(resolve(io.cwd, flags.job), io.env),
            item,
            flags.rater,
          );
          if (flags.json === true) line(io, JSON.stringify(explanation, null, 2));
          else for (const text of explanationLines(explanation, flags.full === true)) line(io, text);
          return exitCodes.ok;
        }),
      );
  },
};
