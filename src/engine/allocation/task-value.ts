import { normalCdf, normalQuantile } from '../../stats/special/normal.ts';
import { dot, type GaussianState, type ReadingRow } from './gaussian-state.ts';

/** A possible reading: its row and the variance of its noise. */
export interface Prospect {
  readonly row: ReadingRow;
  /** P h in the current state. */
  readonly gain: Float64Array;
  readonly noise: number;
}

/** The leader against one other candidate. */
export interface Duel {
  readonly leader: number;
  readonly other: number;
  /** Mean and variance of the leader's lead. */
  readonly gap: number;
  readonly variance: number;
  /** Probability that the other is better. */
  readonly error: number;
}

export function prospect(state: GaussianState, row: ReadingRow, noise: number): Prospect {
  return { row, gain: state.gain(row), noise };
}

/** The duels of the leader, the closest first. @param alive remaining candidates, at least one */
export function duelsOf({ mean, covariance, size }: GaussianState, alive: readonly number[]): Duel[] {
  const leader = alive.reduce((best, c) => (mean[c]! > mean[best]! ? c : best));
  return alive
    .filter((other) => other !== leader)
    .map((other) => {
      const variance =
        covariance[leader * size + leader]! +
        covariance[other * size + other]! -
        2 * covariance[leader * size + other]!;
      const gap = mean[leader]! - mean[other]!;
      return {
        leader,
        other,
        gap,
        variance,
        error: quickNormalCdf(-gap / Math.sqrt(Math.max(variance, 1e-12))),
      };
    })
    .sort((a, b) => b.error - a.error || a.other - b.other);
}

/** Midpoints of equal slices of the standard normal distribution. */
const slices = 15;
const outlook = Array.from({ length: slices }, (_, i) => normalQuantile((i + 0.5) / slices));
/** Duels with a smaller error are not evaluated. */
const clearError = 1e-4;

/**
 * Expected reduction of the probability of choosing a wrong candidate by all these readings together, summed over the
 * leader's duels (knowledge gradient for correlated normal beliefs: Frazier, Powell and Dayanik 2009). With a lead of
 * N(g, s^2) now and variance s'^2 afterwards, the posterior mean of the lead will be g + sqrt(s^2 - s'^2) Z, and the error
 * is then E Phi(-|g + sqrt(s^2 - s'^2) Z| / s').
 */
export function valueOfReading(prospects: readonly Prospect[], duels: readonly Duel[]): number {
  const factor = factorOf(prospects);
  let value = 0;
  for (const { leader, other, gap, variance, error } of duels) {
    if (error < clearError) break;
    let learned = 0;
    const solved: number[] = [];
    for (const [k, { gain }] of prospects.entries()) {
      let rest = gain[leader]! - gain[other]!;
      for (let j = 0; j < k; j += 1) rest -= factor[k]![j]! * solved[j]!;
      const part = rest / factor[k]![k]!;
      solved.push(part);
      learned += part * part;
    }
    value += error - errorAfter(gap, Math.min(learned, variance), variance);
  }
  return value;
}

function errorAfter(gap: number, learned: number, variance: number): number {
  const step = Math.sqrt(learned);
  const left = Math.sqrt(Math.max(variance - learned, 1e-12));
  let sum = 0;
  for (const z of outlook) sum += quickNormalCdf(-Math.abs(gap + step * z) / left);
  return sum / outlook.length;
}

/** Cholesky factor of the covariance of the readings, noise included. */
function factorOf(prospects: readonly Prospect[]): number[][] {
  const factor: number[][] = [];
  for (const [i, { row, noise }] of prospects.entries()) {
    const line: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      let rest = dot(row, prospects[j]!.gain) + (i === j ? noise : 0);
      for (let k = 0; k < j; k += 1) rest -= line[k]! * (i === j ? line[k]! : factor[j]![k]!);
      line.push(i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / factor[j]![j]!);
    }
    factor.push(line);
  }
  return factor;
}

const tableLimit = 8;
const tablePerUnit = 256;
const cdfTable = Float64Array.from({ length: 2 * tableLimit * tablePerUnit + 2 }, (_, i) =>
  normalCdf(i / tablePerUnit - tableLimit),
);

/** Φ(z) by linear interpolation: accurate to 2e-6 and many times faster; planning evaluates it millions of times. */
function quickNormalCdf(z: number): number {
  if (z <= -tableLimit) return 0;
  if (z >= tableLimit) return 1;
  const place = (z + tableLimit) * tablePerUnit;
  const at = Math.floor(place);
  return cdfTable[at]! + (place - at) * (cdfTable[at + 1]! - cdfTable[at]!);
}
