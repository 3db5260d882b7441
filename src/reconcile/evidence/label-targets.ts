import { logit, sigmoid } from '../../stats/special/logistic.ts';
import type { PairLabel } from '../tables/pair-table.ts';
import type { TableRater } from '../tables/vote-table.ts';
import type { Warnings } from '../tables/warnings.ts';

/** The labels of one unit, combined. */
export interface LabelOpinion {
  /** P(the positive side is correct) by the labels alone. */
  readonly outcome: number;
  /** Log-odds that the labels add to other evidence. */
  readonly logit: number;
}

export interface LabelReading {
  /** One per unit; null where there is no label. */
  readonly opinions: readonly (LabelOpinion | null)[];
  /** P(correct) of each human rater and of gold, by rater; NaN for raters that gave no label. */
  readonly reliability: Float64Array;
}

interface LabelledUnit {
  readonly name: string;
  readonly labels: readonly PairLabel[];
}

const goldReliability = 0.99;
/** Prior on a human rater: 19 of 20 earlier cases correct. */
const priorCorrect = 19;
const priorCases = 20;
const rounds = 10;

/**
 * Combines the labels of each unit. Gold decides where there is gold. Otherwise human raters follow the one-coin model
 * (Dawid & Skene 1979 with one accuracy each, MAP under Beta(19, 1)): a rater that often contradicts the others counts
 * less. A tie is one half.
 * A label's log-odds are multiplied by its weight.
 */
export function readLabels(
  units: readonly LabelledUnit[],
  raters: readonly TableRater[],
  warnings: Warnings,
): LabelReading {
  const isGold = (rater: number) => raters[rater]!.kind === 'gold';
  const reliability = new Float64Array(raters.length).fill(Number.NaN);
  const labelled = units.filter(({ labels }) => labels.length > 0);
  for (const { name, labels } of labelled) {
    for (const { rater } of labels)
      reliability[rater] = isGold(rater) ? goldReliability : priorCorrect / priorCases;
    const gold = labels.filter(({ rater }) => isGold(rater)).map(({ lean }) => lean);
    if (gold.some((lean) => (Math.abs(lean) < 1 && lean !== 0) || lean !== gold[0])) {
      warnings.add('gold_contradicts_itself', name);
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    const correct = new Float64Array(raters.length).fill(priorCorrect);
    const cases = new Float64Array(raters.length).fill(priorCases);
    let several = false;
    for (const { labels } of labelled) {
      if (labels.length < 2) continue;
      several = true;
      const outcome = sigmoid(sumOf(labels, reliability));
      for (const { rater, lean, weight } of labels) {
        if (lean === 0 || isGold(rater)) continue;
        cases[rater]! += weight;
        correct[rater]! += weight * (lean > 0 ? outcome : 1 - outcome);
      }
    }
    if (!several) break;
    for (const [rater, known] of reliability.entries()) {
      if (!Number.isNaN(known) && !isGold(rater)) {
        // below chance the labels would count for the opposite side
        reliability[rater] = Math.max(0.55, correct[rater]! / cases[rater]!);
      }
    }
  }
  const opinions = units.map(({ labels }) => {
    if (labels.length === 0) return null;
    const gold = labels.filter(({ rater }) => isGold(rater));
    const total = sumOf(gold.length > 0 ? gold : labels, reliability);
    const mean = gold.reduce((sum, { lean }) => sum + lean, 0) / Math.max(1, gold.length);
    return { outcome: gold.length > 0 ? (1 + mean) / 2 : sigmoid(total), logit: total };
  });
  return { opinions, reliability };
}

function sumOf(labels: readonly PairLabel[], reliability: Float64Array): number {
  return labels.reduce((sum, { rater, lean, weight }) => sum + weight * lean * logit(reliability[rater]!), 0);
}
