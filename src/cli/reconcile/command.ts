import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { jsonOption, labelsOption } from '../options.ts';
import type { ReconcileCommandFlags } from './run.ts';
import { reconcileOptions } from './shared-options.ts';

export const reconcileCommand: ProgramCommand = {
  name: 'reconcile',
  group: 'Analyse',
  examples: [
    'quorate reconcile --votes out/votes.jsonl --out preferences.jsonl',
    'quorate reconcile --votes votes.jsonl --items items.jsonl --labels labels.jsonl --out preferences.jsonl --report report.json',
  ],
  register(program: Command, run) {
    const command = reconcileOptions(
      program
        .command('reconcile')
        .description('Combine votes of any raters into preferences, each with a probability.'),
    );
    labelsOption(command)
      .option('--rater-model <file>', 'rater model of `quorate calibrate`, for votes without labels')
      .option('--accept <probability>', 'accept a pair from this probability on (default: 0.8)')
      .option(
        '--target-precision <share>',
        'choose that threshold so that this share of accepted pairs is correct; needs labels',
      )
      .option('--quorum <count>', 'minimum decisive raters; fewer sends the pair to review (default: 1)')
      .option('--humans <policy>', 'pool, human_overrides or human_audits (default: pool)')
      .option('--out <file>', 'preferences (JSONL); - is standard output', '-')
      .option(
        '--scores <file>',
        'P(good) of candidates with pointwise votes (JSONL; default: scores.jsonl beside --out)',
      )
      .option('--report <file>', 'write the report on the raters (JSON)');
    jsonOption(command, 'the report (needs --out FILE)').action(
      run(async (io, flags: ReconcileCommandFlags) => {
        const { runReconcile } = await import('./run.ts');
        return runReconcile(io, flags);
      }),
    );
  },
};
