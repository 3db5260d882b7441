import { candidateOf, type Item } from '../../domain/item.ts';
import type { Preference } from '../../domain/preference.ts';
import type { Vote } from '../../domain/vote.ts';
import { Warnings } from '../../reconcile/tables/warnings.ts';
import { markdownMarks } from '../../text/markdown-marks.ts';

/** One pair of responses of two different models. */
export interface Comparison {
  readonly first: string;
  readonly second: string;
  /** Posterior probability that the first is better, in [0, 1]. */
  readonly score: number;
  /** 1 first, 0 second, 0.5 tie. */
  readonly result: 0 | 0.5 | 1;
  readonly cluster: string;
  /** Weight of the comparison, in (0, 1]. */
  readonly weight: number;
  /** First minus second, in characters and in markdown marks; null where a text is not known. */
  readonly length: number | null;
  readonly marks: number | null;
}

export interface Comparisons {
  readonly comparisons: readonly Comparison[];
  readonly warnings: Warnings;
}

/** An undecided preference is a tie for tie models, and its probability for Bradley-Terry. */
export async function comparePreferences(
  preferences: AsyncIterable<Preference>,
  items: ReadonlyMap<string, Item>,
): Promise<Comparisons> {
  const warnings = new Warnings();
  const comparisons: Comparison[] = [];
  for await (const { item, chosen, rejected, probability, status } of preferences) {
    const result = status === 'accepted' || status === 'vetoed' ? 1 : 0.5;
    const made = comparisonOf(items.get(item), item, [chosen, rejected], probability, result, 1, warnings);
    if (made !== null) comparisons.push(made);
  }
  return { comparisons, warnings };
}

/**
 * Pairwise votes: all votes on one pair make one comparison, so a pair with many votes counts no more than another. Its
 * weight is that of its heaviest vote; votes of weight 0 are abstentions.
 */
export async function compareVotes(
  votes: AsyncIterable<Vote>,
  items: ReadonlyMap<string, Item>,
): Promise<Comparisons> {
  const warnings = new Warnings();
  const pairs = new Map<
    string,
    { item: string; pair: readonly [string, string]; sum: number; total: number; heaviest: number }
  >();
  for await (const vote of votes) {
    if (vote.kind !== 'pairwise' || (vote.outcome !== 'verdict' && vote.outcome !== 'tie')) continue;
    const weight = vote.weight ?? 1;
    if (weight === 0) {
      warnings.add('vote of weight 0 is counted as an abstention', `${vote.rater} on ${vote.item}`);
      continue;
    }
    const pair = vote.shown[0] < vote.shown[1] ? vote.shown : ([vote.shown[1], vote.shown[0]] as const);
    const key = JSON.stringify([vote.item, ...pair]);
    const entry = pairs.get(key) ?? { item: vote.item, pair, sum: 0, total: 0, heaviest: 0 };
    entry.sum += weight * (vote.outcome === 'tie' ? 0.5 : vote.preferred === pair[0] ? 1 : 0);
    entry.total += weight;
    entry.heaviest = Math.max(entry.heaviest, weight);
    pairs.set(key, entry);
  }
  const comparisons: Comparison[] = [];
  for (const { item, pair, sum, total, heaviest } of pairs.values()) {
    const score = sum / total;
    // a rounding error of the sum of weights is not a win
    const result = Math.abs(score - 0.5) < 1e-9 ? 0.5 : score > 0.5 ? 1 : 0;
    const made = comparisonOf(items.get(item), item, pair, score, result, heaviest, warnings);
    if (made !== null) comparisons.push(made);
  }
  return { comparisons, warnings };
}

function comparisonOf(
  item: Item | undefined,
  id: string,
  pair: readonly [string, string],
  score: number,
  result: Comparison['result'],
  weight: number,
  warnings: Warnings,
): Comparison | null {
  if (item === undefined) return leaveOut(warnings, 'item is not in the items file', id);
  const [first, second] = [candidateOf(item, pair[0]), candidateOf(item, pair[1])];
  if (first === undefined || second === undefined)
    return leaveOut(warnings, 'unknown candidate', `${id}: ${pair}`);
  if (!first.model || !second.model) return leaveOut(warnings, 'candidate names no model', id);
  if (first.model === second.model) return leaveOut(warnings, 'both responses are of one model', id);
  const texts = first.text !== null && second.text !== null;
  return {
    first: first.model,
    second: second.model,
    score,
    result,
    cluster: item.cluster ?? item.id,
    weight,
    length: texts ? first.text!.length - second.text!.length : null,
    marks: texts ? markdownMarks(first.text!) - markdownMarks(second.text!) : null,
  };
}

function leaveOut(warnings: Warnings, warning: string, example: string): null {
  warnings.add(warning, example);
  return null;
}
