import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';
import type { ReconcileFlags } from '../reconcile/run.ts';
import { withSharedOptions } from '../reconcile/shared-options.ts';

interface Flags extends ReconcileFlags {
  readonly labels: readonly string[];
  readonly out: string;
  readonly json?: true;
}

export const calibrateCommand: ProgramCommand = {
  name: 'calibrate',
  group: 'Analyse',
  examples: [
    'quorate calibrate --votes votes.jsonl --labels labels.jsonl',
    'quorate calibrate --votes votes.jsonl --items items.jsonl --labels labels.jsonl --out rater-model.json',
  ],
  register(program: Command, run) {
    withSharedOptions(
      program
        .command('calibrate')
        .description('Learn from labels how far each rater can be believed, and store it.'),
    )
      .requiredOption('--labels <files...>', 'labels of people or gold, in the format of votes')
      .option('--out <file>', 'the rater model (JSON)', 'rater-model.json')
      .option('--json', 'print the report on standard output')
      .action(
        run(async (io, flags: Flags) => {
          const { resolve } = await import('node:path');
          const { ConfigError } = await import('../../domain/errors.ts');
          const { hashFiles } = await import('../../files/hash-files.ts');
          const { writeText } = await import('../../files/write-lines.ts');
          const { reconcile } = await import('../../reconcile/reconcile.ts');
          const { inputOf, optionsOf } = await import('../reconcile/run.ts');
          const { learnPanel } = await import('../reconcile/learn-panel.ts');
          const options = optionsOf(flags);
          const { learnedModel, report } = await reconcile(inputOf(io, flags), options);
          if (learnedModel === null) {
            throw new ConfigError(
              `${report.labelled_pairs} labelled pairs with votes are too few to learn from`,
              [],
              {
                hint: 'label at least 20 pairs that have votes; `quorate reconcile --report` lists where a label teaches most',
              },
            );
          }
          const path = (file: string) => resolve(io.cwd, file);
          const model = {
            format: 'quorate-rater-model',
            version: 1,
            votes_hash: await hashFiles(flags.votes.map(path)),
            labels_hash: await hashFiles(flags.labels.map(path)),
            length_effects: flags.length,
            ...learnedModel,
            panel: await learnPanel(inputOf(io, flags), options.raters ?? []),
          };
          await writeText(path(flags.out), [`${JSON.stringify(model, null, 2)}\n`]);
          if (flags.json) line(io, JSON.stringify(report, null, 2));
          const { held_out: scores } = report;
          note(io, `${flags.out}: ${report.estimator}, from ${learnedModel.labelled_pairs} labelled pairs`);
          if (scores !== null) {
            note(
              io,
              `held out: accuracy ${scores.accuracy}, ECE ${scores.ece}, Brier ${scores.brier} (n = ${scores.n})`,
            );
          }
          for (const { warning, count, examples } of report.warnings) {
            note(io, `warning: ${warning} (${count}): ${examples.join('; ')}`);
          }
          return exitCodes.ok;
        }),
      );
  },
};
