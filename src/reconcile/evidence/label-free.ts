import { logit } from '../../stats/special/logistic.ts';
import type { PairTable } from '../tables/pair-table.ts';

/** What the votes alone show about the raters. Arrays have one entry per rater. */
export interface LabelFreeEstimate {
  /** Share of questions answered the same way in both orders, shrunk; NaN where never asked in both orders. */
  readonly consistency: Float64Array;
  /** Accuracy predicted from the consistency, in [0.5, 0.95]. */
  readonly expectedAccuracy: Float64Array;
  /** In [1, raters]: effective number of raters with the same opinions, itself included. */
  readonly redundancy: Float64Array;
  /** Log-odds of one full-strength opinion. */
  readonly weights: Float64Array;
  /** Per pair, log-odds that x is better. */
  readonly logits: Float64Array;
}

/**
 * Expected accuracy of a rater with order consistency c: 1/2 + 0.45 c^4. Among the recorded judges of the research data,
 * c = .9 went with an accuracy of .79, and c = .6 with hardly more than chance. Raters without an order share one
 * accuracy, 1/2 + r/2 with r their mean cosine with the others: the rater that agrees most may merely be closest to a
 * shared bias. A single rater gets .62.
 */
const mostAboveChance = 0.45;
const consistencyPower = 4;
const singleRaterAccuracy = 0.62;
/** Prior on the consistency: three earlier questions of which 70 % were answered consistently. */
const priorQuestions = 3;
const priorConsistency = 0.7;
/** Compensates part of the redundancy discount: raters also agree because they are correct. */
const logitScale = 1.9;
/** Raters beyond this many are not compared pairwise. */
const maxCompared = 400;

/**
 * Posterior from votes alone: logit P(x) = 1.9 Σ_j v_j logit(a_j) / Σ_k r_jk², with v_j the rater's opinion in [-1, 1], a_j the
 * accuracy its consistency predicts and r_jk the cosine of the opinions of raters j and k. A rater copied n times has the
 * weight of one; a judge under five prompts counts little more than once.
 */
export function estimateWithoutLabels(pairs: PairTable, raters: number): LabelFreeEstimate {
  const consistency = consistencies(pairs, raters);
  const { redundancy, agreement } = compareRaters(pairs, raters);
  const orderless = [...consistency.keys()].filter((rater) => Number.isNaN(consistency[rater]!));
  const orderlessAccuracy = accuracyByAgreement(orderless.map((rater) => agreement[rater]!));
  const expectedAccuracy = consistency.map((c) =>
    Number.isNaN(c) ? orderlessAccuracy : 0.5 + mostAboveChance * c ** consistencyPower,
  );
  const weights = expectedAccuracy.map((a, rater) => (logitScale * logit(a)) / redundancy[rater]!);
  return { consistency, expectedAccuracy, redundancy, weights, logits: weigh(pairs, weights) };
}

function accuracyByAgreement(agreement: readonly number[]): number {
  const compared = agreement.filter((value) => !Number.isNaN(value));
  if (compared.length === 0) return singleRaterAccuracy;
  const mean = compared.reduce((sum, value) => sum + value, 0) / compared.length;
  return Math.min(0.5 + mostAboveChance, (1 + mean) / 2);
}

/** Per pair, the sum of weight x opinion. */
export function weigh(pairs: PairTable, weights: Float64Array): Float64Array {
  const logits = new Float64Array(pairs.heads.length);
  for (let pair = 0; pair < logits.length; pair += 1) {
    let sum = 0;
    for (let k = pairs.start[pair]!; k < pairs.start[pair + 1]!; k += 1) {
      sum += pairs.value[k]! * weights[pairs.rater[k]!]!;
    }
    logits[pair] = sum;
  }
  return logits;
}

function consistencies(pairs: PairTable, raters: number): Float64Array {
  const asked = new Float64Array(raters);
  const consistent = new Float64Array(raters);
  for (let k = 0; k < pairs.stable.length; k += 1) {
    asked[pairs.rater[k]!]! += pairs.twoOrders[k]!;
    consistent[pairs.rater[k]!]! += pairs.stable[k]!;
  }
  return asked.map((n, rater) =>
    n === 0 ? Number.NaN : (consistent[rater]! + priorQuestions * priorConsistency) / (n + priorQuestions),
  );
}

/**
 * Per rater Σ_k r_jk², and the mean of r_jk over the others (NaN for a single rater); r the uncentred correlation (cosine) over
 * all pairs, a missing opinion as 0; negative ones do not count.
 */
function compareRaters(
  pairs: PairTable,
  raters: number,
): { redundancy: Float64Array; agreement: Float64Array } {
  const compared = mostActive(pairs, raters);
  const slot = new Int32Array(raters).fill(-1);
  for (const [index, rater] of compared.entries()) slot[rater] = index;
  const size = compared.length;
  const products = new Float64Array(size * size);
  for (let pair = 0; pair < pairs.heads.length; pair += 1) {
    for (let k = pairs.start[pair]!; k < pairs.start[pair + 1]!; k += 1) {
      const row = slot[pairs.rater[k]!]!;
      const value = pairs.value[k]!;
      if (row === -1 || value === 0) continue;
      for (let other = pairs.start[pair]!; other <= k; other += 1) {
        const column = slot[pairs.rater[other]!]!;
        if (column !== -1) products[row * size + column]! += value * pairs.value[other]!;
      }
    }
  }
  const redundancy = new Float64Array(raters).fill(1);
  const agreement = new Float64Array(raters).fill(Number.NaN);
  for (const [row, rater] of compared.entries()) {
    let total = 0;
    for (let column = 0; column < size; column += 1) {
      if (column === row) continue;
      const product = Math.max(0, products[Math.max(row, column) * size + Math.min(row, column)]!);
      const norm = products[row * size + row]! * products[column * size + column]!;
      const cosine = norm === 0 ? 0 : product / Math.sqrt(norm);
      redundancy[rater]! += cosine ** 2;
      total += cosine;
    }
    if (size > 1) agreement[rater] = total / (size - 1);
  }
  return { redundancy, agreement };
}

function mostActive(pairs: PairTable, raters: number): number[] {
  const opinions = new Float64Array(raters);
  for (let k = 0; k < pairs.value.length; k += 1) if (pairs.value[k] !== 0) opinions[pairs.rater[k]!]! += 1;
  const included = [...opinions.keys()].filter((rater) => opinions[rater]! > 0);
  if (included.length > maxCompared)
    included.sort((one, other) => opinions[other]! - opinions[one]! || one - other);
  return included.slice(0, maxCompared).sort((one, other) => one - other);
}
