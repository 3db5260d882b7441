import { tieModels } from '../../analysis/leaderboard/strengths.ts';
import { type LeaderboardFiles, rankModelsOfFiles } from '../../app/analysis/rank-models-of-files.ts';
import { ConfigError } from '../../domain/errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';
import { choiceOption, pathsOf, seedOf } from '../options.ts';
import { leaderboardText } from './text.ts';

export interface LeaderboardFlags {
  readonly preferences?: readonly string[];
  readonly votes?: readonly string[];
  readonly items: readonly string[];
  readonly ties: string;
  readonly draws: string;
  readonly seed: string;
  readonly json?: boolean;
}

export async function runLeaderboard(io: CommandIo, flags: LeaderboardFlags): Promise<ExitCode> {
  const path = pathsOf(io);
  const settings = {
    ties: choiceOption('--ties', flags.ties, tieModels),
    seed: seedOf(flags),
    replicates: numberOption('--draws', flags.draws, { whole: true, min: 50, max: 100_000 }),
  };
  const files = { items: flags.items.map(path), compared: comparedFiles(flags, path) };
  const board = await rankModelsOfFiles(files, settings);
  line(io, flags.json === true ? JSON.stringify(board, null, 2) : leaderboardText(board));
  for (const { warning, count } of board.warnings) note(io, `warning: ${warning} (${count})`);
  return exitCodes.ok;
}

function comparedFiles(
  { preferences, votes }: LeaderboardFlags,
  path: (file: string) => string,
): LeaderboardFiles['compared'] {
  if (preferences !== undefined && votes === undefined) return { preferences: preferences.map(path) };
  if (votes !== undefined && preferences === undefined) return { votes: votes.map(path) };
  throw new ConfigError('leaderboard ranks --preferences or --votes: give one of the two');
}
