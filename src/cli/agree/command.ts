import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';
import type { AgreeFlags } from './run.ts';

export const agreeCommand: ProgramCommand = {
  name: 'agree',
  group: 'Analyse',
  examples: [
    'quorate agree --votes out/votes.jsonl --items items.jsonl',
    'quorate agree --votes votes.jsonl --labels labels.jsonl --html agreement.html',
  ],
  register(program: Command, run) {
    program
      .command('agree')
      .description('Measure raters: accuracy, bias, agreement, calibration, each with an interval.')
      .requiredOption('--votes <files...>', 'votes (JSONL, .gz)')
      .option('--items <files...>', 'items: category, cluster, length and authors are used')
      .option('--labels <files...>', 'labels of people or gold, in the format of votes')
      .option('--raters <globs>', 'comma-separated names or globs; a leading ! leaves raters out')
      .option('--seed <number>', 'seed of the bootstrap and of the random reference rater', '0')
      .option('--draws <number>', 'bootstrap draws', '1000')
      .option('--epsilon <number>', 'alternative annotator test: .2 experts, .15 skilled, .1 crowd', '0.2')
      .option('--json', 'the whole report as JSON on standard output')
      .option('--html <file>', 'one self-contained page with the figures')
      .option('--svg <folder>', 'each figure as an SVG file')
      .action(
        run(async (io, flags: AgreeFlags) => {
          const { runAgreement } = await import('./run.ts');
          const report = await runAgreement(flags, io.cwd);
          if (flags.html !== undefined || flags.svg !== undefined) {
            const { writeFigures } = await import('./write-figures.ts');
            for (const file of await writeFigures(report, flags, io.cwd)) note(io, `wrote ${file}`);
          }
          if (flags.json === true) line(io, JSON.stringify(report, null, 2));
          else {
            const { agreementText } = await import('./text.ts');
            line(io, agreementText(report));
          }
          for (const { warning, count } of report.warnings) note(io, `warning: ${warning} (${count})`);
          return exitCodes.ok;
        }),
      );
  },
};
