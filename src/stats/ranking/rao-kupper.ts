import type { Estimate } from '../estimate.ts';
import { sigmoid, softplus } from '../special/logistic.ts';
import type { PairRecord } from './comparisons.ts';
import { fitTieModel, type TieFit, type TieModel } from './tie-model.ts';

/**
 * Rao & Kupper (1967): P(i) = π_i / (π_i + ν π_j), ν >= 1, so that a win needs a margin of ln ν;
 * P(tie) = (ν² - 1) P(i) P(j). With ν = 1 there are no ties.
 * @example
 * const [win, loss, tie] = raoKupper.outcomes(0, Math.log(2)).map(({ logProbability }) => Math.exp(logProbability));
 * console.log(win, loss, tie); // 0.333 0.333 0.333
 */
export const raoKupper: TieModel = {
  lowestLogNu: 0,
  outcomes(d, h) {
    const lossOfFirst = sigmoid(h - d);
    const lossOfSecond = sigmoid(h + d);
    const first = lossOfFirst * (1 - lossOfFirst);
    const second = lossOfSecond * (1 - lossOfSecond);
    const excess = Math.expm1(2 * h);
    return [
      {
        logProbability: -softplus(h - d),
        d: lossOfFirst,
        h: -lossOfFirst,
        dd: -first,
        dh: first,
        hh: -first,
      },
      {
        logProbability: -softplus(h + d),
        d: -lossOfSecond,
        h: -lossOfSecond,
        dd: -second,
        dh: -second,
        hh: -second,
      },
      {
        logProbability: Math.log(excess) - softplus(h - d) - softplus(h + d),
        d: lossOfFirst - lossOfSecond,
        h: (2 * (excess + 1)) / excess - lossOfFirst - lossOfSecond,
        dd: -first - second,
        dh: first - second,
        hh: (-4 * (excess + 1)) / excess ** 2 - first - second,
      },
    ];
  },
};

/**
 * Maximum likelihood strengths and tie parameter ν of `raoKupper` (1967). See `fitTieModel` for where it is undefined.
 * @example
 * fitRaoKupper(2, [{ first: 0, second: 1, firstWins: 6, secondWins: 3, ties: 3 }]);
 * // { strength: [0.2747, -0.2747], nu: 1.732, logLikelihood: -12.48 }
 */
export function fitRaoKupper(
  playerCount: number,
  records: readonly PairRecord[],
  penalty = 0,
): Estimate<TieFit> {
  return fitTieModel(raoKupper, playerCount, records, penalty);
}
