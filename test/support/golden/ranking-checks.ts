import { expect } from 'vitest';
import { fitBradleyTerry } from '../../../src/stats/ranking/bradley-terry.ts';
import { type PairRecord, pairRecords } from '../../../src/stats/ranking/comparisons.ts';
import { fitDavidson } from '../../../src/stats/ranking/davidson.ts';
import { lengthControlledWinRate } from '../../../src/stats/ranking/length-controlled-error.ts';
import { fitRaoKupper } from '../../../src/stats/ranking/rao-kupper.ts';
import { allNear, definedValue, near, type VectorCheck } from './vector.ts';

function recordsOf(wins: number[][], ties: number[][]): PairRecord[] {
  return wins.flatMap((row, first) =>
    row.flatMap((count, second) =>
      second <= first
        ? []
        : [
            {
              first,
              second,
              firstWins: count,
              secondWins: wins[second]![first]!,
              ties: ties[first]![second]!,
            },
          ],
    ),
  );
}

export const rankingChecks: Readonly<Record<string, VectorCheck>> = {
  bradley_terry: ({ input, expected, tol }) => {
    const records = pairRecords(
      (input.data_winner_loser as [number, number][]).map(([first, second]) => ({ first, second, score: 1 })),
    );
    // the vector's alpha of 0.5 multiplies the whole sum of squares: penalty/2 with penalty 1
    const { strength } = definedValue(fitBradleyTerry(input.n_items, records, input.penalty ? 1 : 0));
    allNear(strength, expected.est ?? expected.ml_est_mean0, tol);
    if (expected.lsr) allNear(strength, expected.lsr, tol);
  },
  bt_ties: ({ name, input, expected, tol }) => {
    expect(['davidson', 'rao_kupper']).toContain(name);
    const fitModel = name === 'davidson' ? fitDavidson : fitRaoKupper;
    const result = definedValue(fitModel(input.wins.length, recordsOf(input.wins, input.ties)));
    allNear(
      result.strength.map((value) => value - result.strength[0]!),
      expected['theta_item0=0'],
      tol,
    );
    near(result.nu, expected.nu, tol);
    near(result.logLikelihood, expected.loglik, tol);
  },
  length_controlled: ({ input, expected, tol }) => {
    const result = definedValue(
      lengthControlledWinRate(input.len_diff_model_minus_baseline, input.preference_for_model),
    );
    near(result.lengthEffect, expected.b1, tol);
    near(result.intercept, expected.b0, tol);
    near(result.raw * 100, expected.raw_winrate, tol);
    near(result.controlled * 100, expected.lc_winrate, tol);
  },
};
