import type { Estimate } from '../estimate.ts';
import type { PairRecord } from './comparisons.ts';
import { fitTieModel, type OutcomeSlopes, type TieFit, type TieModel } from './tie-model.ts';

/**
 * Davidson (1970): with strengths π = e^s, P(tie) = ν√(π_i π_j) / D and P(i) = π_i / D, D = π_i + π_j + ν√(π_i π_j).
 * ν >= 0; two equal players tie with probability ν / (2 + ν).
 * @example
 * const [win, loss, tie] = davidson.outcomes(0, Math.log(0.5)).map(({ logProbability }) => Math.exp(logProbability));
 * console.log(win, loss, tie); // 0.4 0.4 0.2
 */
export const davidson: TieModel = {
  lowestLogNu: Number.NEGATIVE_INFINITY,
  outcomes(d, h) {
    // the three outcomes form a softmax over (d/2, -d/2, h)
    const highest = Math.max(Math.abs(d) / 2, h);
    const weights = [Math.exp(d / 2 - highest), Math.exp(-d / 2 - highest), Math.exp(h - highest)] as const;
    const sum = weights[0] + weights[1] + weights[2];
    const [p, q, t] = [weights[0] / sum, weights[1] / sum, weights[2] / sum];
    const lean = (p - q) / 2;
    const shared = { dd: -((p + q) / 4 - lean ** 2), dh: lean * t, hh: -t * (1 - t) };
    const slopes = (score: number, d: number, h: number): OutcomeSlopes => ({
      logProbability: score - highest - Math.log(sum),
      d: d - lean,
      h: h - t,
      ...shared,
    });
    return [slopes(d / 2, 0.5, 0), slopes(-d / 2, -0.5, 0), slopes(h, 0, 1)];
  },
};

/**
 * Maximum likelihood strengths and tie parameter ν of `davidson` (1970). See `fitTieModel` for where it is undefined.
 * @example
 * fitDavidson(2, [{ first: 0, second: 1, firstWins: 6, secondWins: 3, ties: 3 }]);
 * // { strength: [0.3466, -0.3466], nu: 0.7071, logLikelihood: -12.48 }
 */
export function fitDavidson(
  playerCount: number,
  records: readonly PairRecord[],
  penalty = 0,
): Estimate<TieFit> {
  return fitTieModel(davidson, playerCount, records, penalty);
}
