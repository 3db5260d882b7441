import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { aboutLabels, jsonOption } from '../options.ts';
import { reconcileOptions } from '../reconcile/shared-options.ts';
import type { CalibrateFlags } from './run.ts';

export const calibrateCommand: ProgramCommand = {
  name: 'calibrate',
  group: 'Analyse',
  examples: [
    'quorate calibrate --votes votes.jsonl --labels labels.jsonl',
    'quorate calibrate --votes votes.jsonl --items items.jsonl --labels labels.jsonl --out rater-model.json',
  ],
  register(program: Command, run) {
    const command = reconcileOptions(
      program
        .command('calibrate')
        .description('Fit a model of the raters to labels and store it for votes without labels.'),
    )
      .requiredOption('--labels <files...>', aboutLabels)
      .option('--out <file>', 'rater model (JSON)', 'rater-model.json');
    jsonOption(command, 'the report').action(
      run(async (io, flags: CalibrateFlags) => {
        const { runCalibrate } = await import('./run.ts');
        return runCalibrate(io, flags);
      }),
    );
  },
};
