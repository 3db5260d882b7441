import { logit, sigmoid } from '../../stats/special/logistic.ts';
import type { PairLabel } from '../tables/pair-table.ts';
import type { TableRater } from '../tables/vote-table.ts';
import type { Warnings } from '../tables/warnings.ts';

/** What the labels of one unit say. */
export interface LabelOpinion {
  /** P(the positive side is right) by the labels alone. */
  readonly outcome: number;
  /** Log-odds that the labels add to other evidence. */
  readonly logit: number;
}

export interface LabelReading {
  /** One a unit; null where no label spoke. */
  readonly opinions: readonly (LabelOpinion | null)[];
  /** P(right) of each person and of gold, by rater; NaN for raters that gave no label. */
  readonly reliability: Float64Array;
}

interface LabelledUnit {
  readonly name: string;
  readonly labels: readonly PairLabel[];
}

const goldReliability = 0.99;
/** A person counts as one who was right in 19 of 20 earlier cases, until others' labels tell otherwise. */
const priorRight = 19;
const priorCases = 20;
const rounds = 10;

/**
 * Labels to one opinion a unit. Gold decides where there is gold. Otherwise people are one-coin raters (Dawid & Skene
 * 1979 with one accuracy each, MAP under Beta(19, 1)): who often contradicts the others or gold counts less. A tie says one half.
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
      reliability[rater] = isGold(rater) ? goldReliability : priorRight / priorCases;
    const gold = labels.filter(({ rater }) => isGold(rater)).map(({ lean }) => lean);
    if (gold.some((lean) => (Math.abs(lean) < 1 && lean !== 0) || lean !== gold[0])) {
      warnings.add('gold_contradicts_itself', name);
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    const right = new Float64Array(raters.length).fill(priorRight);
    const cases = new Float64Array(raters.length).fill(priorCases);
    let several = false;
    for (const { labels } of labelled) {
      if (labels.length < 2) continue;
      several = true;
      const outcome = sigmoid(sumOf(labels, reliability));
      for (const { rater, lean, weight } of labels) {
        if (lean === 0 || isGold(rater)) continue;
        cases[rater]! += weight;
        right[rater]! += weight * (lean > 0 ? outcome : 1 - outcome);
      }
    }
    if (!several) break;
    for (const [rater, known] of reliability.entries()) {
      if (!Number.isNaN(known) && !isGold(rater)) {
        // a person is not taken to be right by being wrong
        reliability[rater] = Math.max(0.55, right[rater]! / cases[rater]!);
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
