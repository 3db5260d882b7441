import { logChoose } from '../special/gamma.ts';
import { chiSquareUpperTail } from '../special/incomplete-gamma.ts';

/**
 * The test of McNemar (1947) in its exact and its approximate form.
 * @example
 * const { exactP }: McNemarTest = mcnemarTest(8, 2);
 */
export interface McNemarTest {
  /** Two-sided binomial p of the discordant pairs against 1/2. */
  readonly exactP: number;
  /** Edwards' continuity-corrected chi-square. */
  readonly statistic: number;
  readonly chiSquareP: number;
}

/**
 * McNemar's test (1947) of two raters or models on the same units, from the discordant counts: `onlyFirst` right
 * and `onlySecond` right. No discordant pair: p = 1.
 * @example
 * mcnemarTest(8, 2); // exactP 0.109, statistic 2.5
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): McNemarTest {
  const n = onlyFirst + onlySecond;
  if (n === 0) return { exactP: 1, statistic: 0, chiSquareP: 1 };
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k += 1)
    tail += Math.exp(logChoose(n, k) - n * Math.LN2);
  const statistic = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1) ** 2 / n;
  return { exactP: Math.min(1, 2 * tail), statistic, chiSquareP: chiSquareUpperTail(statistic, 1) };
}

/**
 * Two raters' labels of the same units, cross-tabulated over the labels that either used (sorted) or those given.
 * @example
 * contingencyTable(['A', 'B', 'A'], ['A', 'B', 'B']); // [[1, 1], [0, 1]]
 */
export function contingencyTable<T extends string | number>(
  first: readonly T[],
  second: readonly T[],
  labels: readonly T[] = [...new Set([...first, ...second])].sort(),
): number[][] {
  if (first.length !== second.length) throw new RangeError(`${first.length} labels against ${second.length}`);
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const table = labels.map(() => labels.map(() => 0));
  first.forEach((label, unit) => {
    const row = table[indexOf.get(label) ?? -1];
    const column = indexOf.get(second[unit]!);
    if (row === undefined || column === undefined)
      throw new RangeError(`a label outside ${labels.join(', ')}`);
    row[column]! += 1;
  });
  return table;
}
