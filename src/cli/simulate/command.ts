import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';
import type { SimulateFlags } from './simulation-flags.ts';

export const simulateCommand: ProgramCommand = {
  name: 'simulate',
  group: 'Analyse',
  examples: [
    'quorate simulate --votes votes.jsonl --allocation adaptive --target-error 0.05',
    'quorate simulate --votes votes.jsonl --labels labels.jsonl --frontier --svg frontier.svg',
  ],
  register(program: Command, run) {
    program
      .command('simulate')
      .description("Play next month's plan on last month's votes: what would it have decided, at what price?")
      .requiredOption('--votes <files...>', 'recorded votes (JSONL, .gz)')
      .option('--items <files...>', 'items to ask about; otherwise every item with a vote')
      .option(
        '--labels <files...>',
        'labels: the plan learns the raters from them, and the accuracy is measured on them (five folds)',
      )
      .option('--no-fit-labels', 'use labels only to measure accuracy, not to fit the raters')
      .option('--raters <globs>', 'comma-separated names or globs; a leading ! leaves raters out')
      .option('--allocation <kind>', 'fixed, cascade or adaptive', 'adaptive')
      .option('--target-error <share>', 'stop an item when its chance of being wrong falls below this')
      .option('--usd-per-item <usd>', 'mean US dollars an item, never exceeded over the run')
      .option('--samples <count>', 'fixed: samples of every rater')
      .option('--unit-price <usd>', 'price of a call whose vote has no cost_usd')
      .option('--seed <number>', 'seed of the order in which items are taken', '0')
      .option('--out <file>', 'one line an item (JSONL); - is standard output')
      .option('--frontier', 'try fixed, cascade and adaptive plans, draw them and recommend one')
      .option('--svg <file>', 'frontier: the drawing')
      .option('--json', 'the summary as JSON on standard output')
      .action(
        run(async (io, flags: SimulateFlags) => {
          const { runSimulation } = await import('./run.ts');
          const { summary, notes } = await runSimulation(flags, io);
          for (const text of notes) note(io, text);
          if (flags.json === true && flags.out !== '-') line(io, JSON.stringify(summary, null, 2));
          return exitCodes.ok;
        }),
      );
  },
};
