import { type Estimate, known, unknown } from '../estimate.ts';
import { sigmoid, softplus } from '../special/logistic.ts';
import type { PairRecord } from './comparisons.ts';
import { maximise } from './maximise.ts';
import { strongComponents } from './strong-components.ts';

/**
 * Strengths on the logit scale.
 * @example
 * const fit: Estimate<BradleyTerryFit> = fitBradleyTerry(2, [{ first: 0, second: 1, firstWins: 7, secondWins: 3, ties: 0 }]);
 */
export interface BradleyTerryFit {
  /** ln strength of each player, mean 0. */
  readonly strength: Float64Array;
  readonly logLikelihood: number;
}

/**
 * Bradley & Terry (1952): P(i beats j) = σ(s_i - s_j), by Newton's method; a tie counts as half a win for each.
 * @param penalty adds penalty/2 · Σ s² to the loss; above 0 the fit always exists
 * Undefined without penalty when the comparisons are not strongly connected: strengths would run to infinity.
 * @example
 * fitBradleyTerry(2, [{ first: 0, second: 1, firstWins: 7, secondWins: 3, ties: 0 }]);
 * // { strength: [0.4236, -0.4236], logLikelihood: -6.109 }
 */
export function fitBradleyTerry(
  playerCount: number,
  records: readonly PairRecord[],
  penalty = 0,
): Estimate<BradleyTerryFit> {
  const gap = connectionGap(playerCount, records, penalty);
  if (gap !== null) return unknown(gap);
  const fit = maximise(new Float64Array(playerCount), (strength) => {
    const gradient = strength.map((value) => -penalty * value);
    // the constant keeps the information invertible along the direction in which all strengths move together
    const information = strength.length === 0 ? [] : centredInformation(playerCount, penalty);
    let value = strength.reduce((sum, s) => sum - (penalty / 2) * s * s, 0);
    for (const { first, second, firstWins, secondWins, ties } of records) {
      const difference = strength[first]! - strength[second]!;
      const wins = firstWins + ties / 2;
      const games = firstWins + secondWins + ties;
      value += wins * difference - games * softplus(difference);
      const probability = sigmoid(difference);
      addSlope(gradient, first, second, wins - games * probability);
      addCurvature(information, first, second, games * probability * (1 - probability));
    }
    return { value, gradient, information };
  });
  return known({ strength: centred(fit.at), logLikelihood: fit.value });
}

/** Why no finite fit exists, or null. */
export function connectionGap(
  playerCount: number,
  records: readonly PairRecord[],
  penalty: number,
): string | null {
  if (playerCount < 2 || records.length === 0) return 'fewer than two players were compared';
  if (penalty > 0) return null;
  const groups = strongComponents(playerCount, records);
  return groups.length === 1
    ? null
    : `the comparisons fall into ${groups.length} groups that never both win and lose against each other`;
}

/** penalty on the diagonal plus a constant that holds the mean. */
export function centredInformation(size: number, penalty: number): Float64Array[] {
  return Array.from({ length: size }, (_, row) => {
    const line = new Float64Array(size).fill(1 / size);
    line[row]! += penalty;
    return line;
  });
}

export function addSlope(gradient: Float64Array, first: number, second: number, slope: number): void {
  gradient[first]! += slope;
  gradient[second]! -= slope;
}

export function addCurvature(
  information: Float64Array[],
  first: number,
  second: number,
  curvature: number,
): void {
  information[first]![first]! += curvature;
  information[second]![second]! += curvature;
  information[first]![second]! -= curvature;
  information[second]![first]! -= curvature;
}

export function centred(strength: Float64Array): Float64Array {
  const mean = strength.reduce((sum, value) => sum + value, 0) / strength.length;
  return strength.map((value) => value - mean);
}
