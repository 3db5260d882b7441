import type { Leaderboard } from '../../analysis/leaderboard/rank-models.ts';
import { tieModels } from '../../analysis/leaderboard/strengths.ts';
import { type LeaderboardFiles, rankModelsOfFiles } from '../../app/analysis/rank-models-of-files.ts';
import { ConfigError } from '../../domain/errors.ts';
import { textTable } from '../../reports/text/text-table.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type CommandIo, line, note } from '../io.ts';
import { numberOption } from '../number-option.ts';
import { choiceOption, pathsOf, seedOf } from '../options.ts';

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

const rate = (value: number | null) => (value === null ? '' : (value * 100).toFixed(1));

/** The leaderboard as a table for a terminal, with what it cannot say below it. */
function leaderboardText(board: Leaderboard): string {
  const table = textTable(board.models, [
    { title: 'model', text: ({ model }) => model },
    { title: 'pairs', right: true, text: ({ comparisons }) => String(comparisons) },
    { title: 'raw %', right: true, text: ({ raw_win_rate }) => rate(raw_win_rate) },
    { title: 'win %', right: true, text: ({ win_rate }) => rate(win_rate) },
    {
      title: '95 %',
      text: ({ interval }) => (interval === null ? '' : `[${rate(interval[0])}, ${rate(interval[1])}]`),
    },
    { title: 'length-controlled', right: true, text: (row) => rate(row.length_controlled_win_rate) },
    { title: 'style-controlled', right: true, text: (row) => rate(row.style_controlled_win_rate) },
    {
      title: 'strength',
      right: true,
      text: ({ strength }) => (strength === null ? '' : strength.toFixed(3)),
    },
  ]);
  const notes = [
    `${board.comparisons} comparisons in ${board.clusters} clusters; ties: ${board.ties}; win % is against the average other model; ${board.replicates} cluster-bootstrap draws, seed ${board.seed}.`,
    ...(board.comparisons_below_one === undefined
      ? []
      : [
          `${board.comparisons_below_one} comparisons weigh less than 1, as their votes do; every rate and strength uses the weights.`,
        ]),
    ...(board.undefined_because === null
      ? [`Length control: ${board.length_control}. Style control: ${board.style_control}.`]
      : [`Strengths are undefined: ${board.undefined_because}.`]),
    ...(board.groups.length > 1 ? board.groups.map((group) => `  group: ${group.join(', ')}`) : []),
  ];
  return [table, notes.join('\n')].join('\n\n');
}
