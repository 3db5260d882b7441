import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';
import type { ReconcileFlags } from './run.ts';
import { withSharedOptions } from './shared-options.ts';

interface Flags extends ReconcileFlags {
  readonly out: string;
  readonly scores?: string;
  readonly report?: string;
  readonly model?: string;
  readonly json?: true;
}

export const reconcileCommand: ProgramCommand = {
  name: 'reconcile',
  group: 'Analyse',
  examples: [
    'quorate reconcile --votes out/votes.jsonl --out preferences.jsonl',
    'quorate reconcile --votes votes.jsonl --items items.jsonl --labels labels.jsonl --out preferences.jsonl --report report.json',
  ],
  register(program: Command, run) {
    withSharedOptions(
      program
        .command('reconcile')
        .description('Turn votes from anywhere into preferences with a probability.'),
    )
      .option('--labels <files...>', 'labels of people or gold, in the format of votes')
      .option('--model <file>', 'rater model of `quorate calibrate`, for votes without labels')
      .option('--accept <probability>', 'accept a pair from this probability on (default: 0.8)')
      .option('--target-precision <share>', 'choose that threshold so that this share is right; needs labels')
      .option(
        '--quorum <count>',
        'raters with a decisive vote below which a pair goes to review (default: 1)',
      )
      .option('--humans <policy>', 'pool, human_overrides or human_audits (default: pool)')
      .option('--out <file>', 'preferences (JSONL); - is standard output', '-')
      .option(
        '--scores <file>',
        'P(good) of candidates judged by themselves (JSONL; default: scores.jsonl beside --out)',
      )
      .option('--report <file>', 'what was found about the raters (JSON)')
      .option('--json', 'print the report on standard output; needs --out FILE')
      .action(
        run(async (io, flags: Flags) => {
          const { dirname, join, resolve } = await import('node:path');
          const { ConfigError } = await import('../../domain/errors.ts');
          const { readText } = await import('../../files/read-text.ts');
          const { writeJsonLines, writeText } = await import('../../files/write-lines.ts');
          const { parseRaterModel } = await import('../../reconcile/estimate/rater-model.ts');
          const { reconcile } = await import('../../reconcile/reconcile.ts');
          const { inputOf, optionsOf } = await import('./run.ts');
          if (flags.json && flags.out === '-') {
            throw new ConfigError('--json prints the report on standard output', [], {
              hint: 'name a file for the preferences: --out preferences.jsonl',
            });
          }
          const path = (file: string) => (file === '-' ? file : resolve(io.cwd, file));
          const model =
            flags.model === undefined
              ? null
              : parseRaterModel(await readText(path(flags.model)), flags.model);
          const { preferences, scores, report } = await reconcile(inputOf(io, flags), {
            ...optionsOf(flags),
            model,
          });
          await writeJsonLines(path(flags.out), preferences);
          const beside = flags.out === '-' ? undefined : join(dirname(path(flags.out)), 'scores.jsonl');
          const scoresFile = flags.scores === undefined ? beside : path(flags.scores);
          if (scoresFile !== undefined && (scores.length > 0 || flags.scores !== undefined)) {
            await writeJsonLines(scoresFile, scores);
            note(io, `${scores.length} candidates judged by themselves: ${scoresFile}`);
          } else if (scores.length > 0) {
            note(
              io,
              `${scores.length} candidates judged by themselves were left out: name a file with --scores`,
            );
          }
          const whole = `${JSON.stringify(report, null, 2)}\n`;
          if (flags.report !== undefined) await writeText(path(flags.report), [whole]);
          if (flags.json) line(io, whole.trimEnd());
          note(
            io,
            `${preferences.length} pairs from ${report.votes} votes of ${report.raters.length} raters: ${report.basis}, ${report.estimator} (${report.labelled_pairs} labelled pairs)`,
          );
          if (report.precision_guarantee !== null) note(io, report.precision_guarantee.statement);
          for (const { warning, count, examples } of report.warnings) {
            note(io, `warning: ${warning} (${count}): ${examples.join('; ')}`);
          }
          return exitCodes.ok;
        }),
      );
  },
};
