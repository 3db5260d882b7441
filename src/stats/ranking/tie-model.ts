import { type Estimate, known, unknown } from '../estimate.ts';
import { addCurvature, addSlope, centred, centredInformation, connectionGap } from './bradley-terry.ts';
import type { PairRecord } from './comparisons.ts';
import { maximise } from './maximise.ts';

/**
 * First and second derivatives of ln P(outcome) in d = s_i - s_j and h = ln nu.
 * @example
 * const [win]: readonly OutcomeSlopes[] = davidson.outcomes(0, 0);
 */
export interface OutcomeSlopes {
  readonly logProbability: number;
  readonly d: number;
  readonly h: number;
  readonly dd: number;
  readonly dh: number;
  readonly hh: number;
}

/**
 * A Bradley-Terry model with ties: the probability of each outcome and its slopes.
 * @example
 * const model: TieModel = davidson;
 */
export interface TieModel {
  /** Of "first wins", "second wins" and "tie" at strength difference d and h = ln nu. */
  outcomes(d: number, h: number): readonly [win: OutcomeSlopes, loss: OutcomeSlopes, tie: OutcomeSlopes];
  /** Smallest ln nu, at which ties have probability 0. */
  readonly lowestLogNu: number;
}

/**
 * Strengths on the logit scale, with the tie parameter.
 * @example
 * const fit: Estimate<TieFit> = fitDavidson(2, [{ first: 0, second: 1, firstWins: 6, secondWins: 3, ties: 3 }]);
 */
export interface TieFit {
  /** ln strength of each player, mean 0. */
  readonly strength: Float64Array;
  /** The model's tie parameter; see the model. */
  readonly nu: number;
  readonly logLikelihood: number;
}

/**
 * Maximum likelihood of a Bradley-Terry model with ties, by Newton's method over strengths and ln nu jointly (both
 * models here are log-concave in them). Undefined when the comparisons are not strongly connected without a penalty,
 * and where nothing or everything is a tie: nu is then at its end and plain Bradley-Terry is the model to use.
 * @example
 * fitTieModel(davidson, 2, [{ first: 0, second: 1, firstWins: 6, secondWins: 3, ties: 3 }]);
 * // { strength: [0.3466, -0.3466], nu: 0.7071, logLikelihood: -12.48 }
 */
export function fitTieModel(
  model: TieModel,
  playerCount: number,
  records: readonly PairRecord[],
  penalty = 0,
): Estimate<TieFit> {
  const gap = connectionGap(playerCount, records, penalty);
  if (gap !== null) return unknown(gap);
  const ties = records.reduce((sum, record) => sum + record.ties, 0);
  const games = records.reduce((sum, record) => sum + record.firstWins + record.secondWins, ties);
  if (ties === 0) return unknown('there are no ties');
  if (ties === games) return unknown('every comparison is a tie');
  const start = new Float64Array(playerCount + 1);
  start[playerCount] = Math.max(model.lowestLogNu, -1) + 1;
  const fit = maximise(start, (at) => curve(model, at, playerCount, records, penalty));
  return known({
    strength: centred(fit.at.slice(0, playerCount)),
    nu: Math.exp(fit.at[playerCount]!),
    logLikelihood: fit.value,
  });
}

function curve(
  model: TieModel,
  at: Float64Array,
  playerCount: number,
  records: readonly PairRecord[],
  penalty: number,
) {
  const h = at[playerCount]!;
  const gradient = new Float64Array(playerCount + 1);
  const information = centredInformation(playerCount, penalty).map((row) => {
    const line = new Float64Array(playerCount + 1);
    line.set(row);
    return line;
  });
  const last = new Float64Array(playerCount + 1);
  information.push(last);
  if (h <= model.lowestLogNu) return { value: Number.NEGATIVE_INFINITY, gradient, information };
  let value = 0;
  for (let player = 0; player < playerCount; player += 1) {
    value -= (penalty / 2) * at[player]! ** 2;
    gradient[player]! -= penalty * at[player]!;
  }
  for (const { first, second, firstWins, secondWins, ties } of records) {
    const outcomes = model.outcomes(at[first]! - at[second]!, h);
    [firstWins, secondWins, ties].forEach((count, k) => {
      if (count === 0) return;
      const slopes = outcomes[k]!;
      value += count * slopes.logProbability;
      addSlope(gradient, first, second, count * slopes.d);
      gradient[playerCount]! += count * slopes.h;
      addCurvature(information, first, second, -count * slopes.dd);
      last[first]! -= count * slopes.dh;
      last[second]! += count * slopes.dh;
      last[playerCount]! -= count * slopes.hh;
    });
  }
  return { value, gradient, information };
}
