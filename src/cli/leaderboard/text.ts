import type { Leaderboard } from '../../analysis/leaderboard/rank-models.ts';
import { textTable } from '../../reports/text/text-table.ts';

const rate = (value: number | null) => (value === null ? '' : (value * 100).toFixed(1));

/** The leaderboard as a table for a terminal, with what it cannot say below it. */
export function leaderboardText(board: Leaderboard): string {
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
