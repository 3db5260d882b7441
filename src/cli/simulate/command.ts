import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { itemsOption, jsonOption, labelsOption, ratersOption, seedOption, votesOption } from '../options.ts';
import type { SimulateFlags } from './flags.ts';

export const simulateCommand: ProgramCommand = {
  name: 'simulate',
  group: 'Analyse',
  examples: [
    'quorate simulate --votes votes.jsonl --allocation adaptive --target-error 0.05',
    'quorate simulate --votes votes.jsonl --labels labels.jsonl --frontier --svg frontier.svg',
  ],
  register(program: Command, run) {
    const command = program
      .command('simulate')
      .description('Replay recorded votes under another allocation plan: its decisions and its cost.');
    votesOption(command, 'recorded votes (JSONL, .gz)');
    itemsOption(command, 'items to ask about (default: every item with a vote)');
    labelsOption(
      command,
      'labels: the plan is fitted to them and its accuracy measured on them (five-fold cross-fitting)',
    ).option('--no-fit-labels', 'use labels only to measure accuracy');
    ratersOption(command)
      .option('--allocation <kind>', 'fixed, cascade or adaptive', 'adaptive')
      .option('--target-error <share>', 'stop an item when its probability of error falls below this')
      .option('--usd-per-item <usd>', 'budget: mean US dollars per item, a hard limit over the run')
      .option('--samples <count>', 'fixed: samples of every rater')
      .option('--unit-price <usd>', 'price of a call whose vote has no cost_usd')
      .option(
        '--out <file>',
        'result of each item, or with --frontier of each plan (JSONL); - is standard output',
      )
      .option('--frontier', 'compare fixed, cascade and adaptive plans and recommend one')
      .option('--svg <file>', 'with --frontier: draw cost against accuracy');
    seedOption(command, 'the order in which items are asked');
    jsonOption(command, 'the summary').action(
      run(async (io, flags: SimulateFlags) => {
        const { runSimulate } = await import('./run.ts');
        return runSimulate(io, flags);
      }),
    );
  },
};
