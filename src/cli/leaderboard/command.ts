import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { jsonOption, seedOption } from '../options.ts';
import type { LeaderboardFlags } from './run.ts';

export const leaderboardCommand: ProgramCommand = {
  name: 'leaderboard',
  group: 'Analyse',
  examples: [
    'quorate leaderboard --preferences out/preferences.jsonl --items items.jsonl',
    'quorate leaderboard --votes votes.jsonl --items items.jsonl --ties davidson --json',
  ],
  register(program: Command, run) {
    const command = program
      .command('leaderboard')
      .description('Rank models by Bradley-Terry strength, with intervals, controlled for length and style.')
      .option('--preferences <files...>', 'preferences (JSONL, .gz)')
      .option('--votes <files...>', 'instead of preferences: pairwise votes that were not reconciled')
      .requiredOption('--items <files...>', 'items whose candidates name their model')
      .option('--ties <model>', 'half, davidson or rao-kupper', 'half')
      .option('--draws <number>', 'bootstrap draws', '500');
    seedOption(command, 'the bootstrap');
    jsonOption(command, 'the whole result').action(
      run(async (io, flags: LeaderboardFlags) => {
        const { runLeaderboard } = await import('./run.ts');
        return runLeaderboard(io, flags);
      }),
    );
  },
};
