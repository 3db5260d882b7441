import type { Preference } from '../../domain/preference.ts';
import { sigmoid } from '../../stats/special/logistic.ts';
import type { PairPosterior } from '../estimate/estimate-pairs.ts';
import type { PairTable } from '../tables/pair-table.ts';
import { round } from './held-out-scores.ts';

export interface ReviewEntry {
  readonly item: string;
  readonly pair: readonly [string, string];
  readonly probability: number;
  /** Expected information of one label, in bits: about this pair and, through it, about its raters. */
  readonly information: number;
}

const maxEntries = 50;
/** The list is sorted and cut at this length, to bound its memory. */
const maxHeld = 2000;

/**
 * The pairs where one more label carries the most information. About the pair: its entropy. About its raters: the share
 * of their opinions that comes from raters with few labels. Labelled pairs are listed only when in conflict.
 */
export function reviewList(
  pairs: PairTable,
  posterior: PairPosterior,
  preferences: Iterable<Preference>,
): ReviewEntry[] {
  const labelled = new Float64Array(pairs.raters.length);
  for (const { unit } of posterior.targets) {
    for (let k = pairs.start[unit]!; k < pairs.start[unit + 1]!; k += 1) {
      if (pairs.value[k] !== 0) labelled[pairs.rater[k]!]! += 1;
    }
  }
  let entries: ReviewEntry[] = [];
  let next = 0;
  for (const preference of preferences) {
    const pair = next;
    next += 1;
    const settled = posterior.labels.opinions[pair] !== null && preference.status !== 'conflict';
    if (settled || preference.status === 'vetoed') continue;
    let novelty = 0;
    let total = 0;
    for (let k = pairs.start[pair]!; k < pairs.start[pair + 1]!; k += 1) {
      const size = Math.abs(pairs.value[k]!);
      total += size;
      novelty += size / (1 + labelled[pairs.rater[k]!]!);
    }
    const information = entropy(sigmoid(posterior.logits[pair]!)) + (total === 0 ? 0 : novelty / total);
    const { item, pair: shown, probability } = preference;
    entries.push({ item, pair: shown, probability, information: round(information) });
    if (entries.length >= maxHeld) entries = best(entries);
  }
  return best(entries);
}

function best(entries: ReviewEntry[]): ReviewEntry[] {
  return entries
    .sort((one, other) => other.information - one.information || compare(one, other))
    .slice(0, maxEntries);
}

function compare(one: ReviewEntry, other: ReviewEntry): number {
  if (one.item !== other.item) return one.item < other.item ? -1 : 1;
  return one.pair.join() < other.pair.join() ? -1 : 1;
}

function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));
}
