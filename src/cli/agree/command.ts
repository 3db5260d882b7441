import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { itemsOption, jsonOption, labelsOption, ratersOption, seedOption, votesOption } from '../options.ts';
import type { AgreeFlags } from './run.ts';

export const agreeCommand: ProgramCommand = {
  name: 'agree',
  group: 'Analyse',
  examples: [
    'quorate agree --votes out/votes.jsonl --items items.jsonl',
    'quorate agree --votes votes.jsonl --labels labels.jsonl --html agreement.html',
  ],
  register(program: Command, run) {
    const command = program
      .command('agree')
      .description('Measure accuracy, bias, agreement and calibration of raters, each with an interval.');
    votesOption(command);
    itemsOption(command);
    labelsOption(command);
    ratersOption(command);
    seedOption(command, 'the bootstrap and of the random reference rater');
    jsonOption(command, 'the whole report')
      .option('--draws <number>', 'bootstrap draws', '1000')
      .option(
        '--epsilon <number>',
        'margin of the alternative annotator test: .2 for experts, .15 skilled annotators, .1 crowd workers',
        '0.2',
      )
      .option('--html <file>', 'write one self-contained page with the figures')
      .option('--svg <folder>', 'write each figure as an SVG file')
      .action(
        run(async (io, flags: AgreeFlags) => {
          const { runAgree } = await import('./run.ts');
          return runAgree(io, flags);
        }),
      );
  },
};
