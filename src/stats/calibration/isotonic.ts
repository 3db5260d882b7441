import { checkScored } from './proper-scores.ts';

/**
 * A non-decreasing, piecewise linear map; both lists have one length, `at` strictly increases. Plain data, can be stored.
 * @example
 * const map: IsotonicMap = { at: [0.2, 0.8], value: [0.1, 0.9] };
 */
export interface IsotonicMap {
  readonly at: readonly number[];
  readonly value: readonly number[];
}

/**
 * Isotonic regression by pooling adjacent violators (Barlow et al. 1972; Zadrozny & Elkan 2002), weighted.
 * Equal scores are pooled first. No scores: the constant 1/2.
 * @example
 * fitIsotonic([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1]); // value [0, 0.5, 0.5, 1]
 */
export function fitIsotonic(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): IsotonicMap {
  checkScored(scores, outcomes);
  const order = Array.from({ length: scores.length }, (_, index) => index)
    .filter((index) => (weights?.[index] ?? 1) > 0)
    .sort((a, b) => scores[a]! - scores[b]!);
  const blocks: { low: number; high: number; sum: number; weight: number }[] = [];
  for (const index of order) {
    const score = scores[index]!;
    const weight = weights?.[index] ?? 1;
    const last = blocks.at(-1);
    if (last !== undefined && last.low === score && last.high === score) {
      last.sum += weight * outcomes[index]!;
      last.weight += weight;
    } else {
      pool(blocks);
      blocks.push({ low: score, high: score, sum: weight * outcomes[index]!, weight });
    }
  }
  pool(blocks);
  if (blocks.length === 0) return { at: [0], value: [0.5] };
  const at: number[] = [];
  const value: number[] = [];
  for (const block of blocks) {
    for (const end of block.low === block.high ? [block.low] : [block.low, block.high]) {
      at.push(end);
      value.push(block.sum / block.weight);
    }
  }
  return { at, value };
}

/**
 * Linear between the knots, constant outside them.
 * @example
 * applyIsotonic({ at: [0.2, 0.8], value: [0.1, 0.9] }, 0.5); // 0.5
 */
export function applyIsotonic({ at, value }: IsotonicMap, score: number): number {
  if (score <= at[0]!) return value[0]!;
  if (score >= at.at(-1)!) return value.at(-1)!;
  let low = 0;
  let high = at.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= score) low = middle;
    else high = middle;
  }
  const share = (score - at[low]!) / (at[high]! - at[low]!);
  return value[low]! + share * (value[high]! - value[low]!);
}

/** Merges the last blocks while they decrease. */
function pool(blocks: { low: number; high: number; sum: number; weight: number }[]): void {
  for (;;) {
    const last = blocks.at(-1);
    const before = blocks.at(-2);
    if (last === undefined || before === undefined) return;
    if (before.sum / before.weight < last.sum / last.weight) return;
    blocks.pop();
    before.high = last.high;
    before.sum += last.sum;
    before.weight += last.weight;
  }
}
