import type { Command } from 'commander';
import type { ProgramCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { line, note } from '../io.ts';
import type { LeaderboardFlags } from './run.ts';

export const leaderboardCommand: ProgramCommand = {
  name: 'leaderboard',
  group: 'Analyse',
  examples: [
    'quorate leaderboard --preferences out/preferences.jsonl --items items.jsonl',
    'quorate leaderboard --votes votes.jsonl --items items.jsonl --ties davidson --json',
  ],
  register(program: Command, run) {
    program
      .command('leaderboard')
      .description('Rank models by Bradley-Terry, with intervals and with length and style controlled.')
      .option('--preferences <files...>', 'preferences (JSONL, .gz)')
      .option('--votes <files...>', 'pairwise votes, where nothing was reconciled')
      .requiredOption('--items <files...>', 'items whose candidates name their model')
      .option('--ties <model>', 'half, davidson or rao-kupper', 'half')
      .option('--draws <number>', 'bootstrap draws', '500')
      .option('--seed <number>', 'seed of the bootstrap', '0')
      .option('--json', 'the whole result as JSON on standard output')
      .action(
        run(async (io, flags: LeaderboardFlags) => {
          const { runLeaderboard } = await import('./run.ts');
          const board = await runLeaderboard(flags, io.cwd);
          if (flags.json === true) line(io, JSON.stringify(board, null, 2));
          else {
            const { leaderboardText } = await import('./text.ts');
            line(io, leaderboardText(board));
          }
          for (const { warning, count } of board.warnings) note(io, `warning: ${warning} (${count})`);
          return exitCodes.ok;
        }),
      );
  },
};
