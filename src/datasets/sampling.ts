import type { RowSource } from '../domain/export-spec.ts';
import { hashText } from '../files/content-hash.ts';
import type { Example } from './example.ts';

/** What to balance. Shares are of the rows by source; a source that is not named keeps no row. */
export interface SamplingOptions {
  readonly shares?: Readonly<Partial<Record<RowSource, number>>>;
  /** Keep as many pairs whose longer response won as pairs whose shorter one did. */
  readonly balanceLength?: boolean;
}

/** Decides which rows are kept. The decision depends on the row id alone, so it is the same in every export. */
export interface Sampling {
  /** @returns why the row is excluded; null if it is kept */
  leftOut(example: Example): string | null;
}

/** Counts all rows once and computes the kept share of each group. */
export async function planSampling(
  examples: AsyncIterable<Example>,
  options: SamplingOptions,
): Promise<Sampling> {
  const bySource = new Map<RowSource, number>();
  const byLength = { longer: 0, shorter: 0 };
  for await (const example of examples) {
    bySource.set(example.meta.source, (bySource.get(example.meta.source) ?? 0) + 1);
    const group = lengthGroup(example);
    if (group !== null) byLength[group] += 1;
  }
  const sourceShare = sharesToKeep(bySource, options.shares);
  const fewer = Math.min(byLength.longer, byLength.shorter);
  return {
    leftOut(example) {
      if (!stays(example, 'source', sourceShare(example.meta.source))) return 'left_out_by_share';
      const group = lengthGroup(example);
      if (options.balanceLength !== true || group === null) return null;
      return stays(example, 'length', fewer / byLength[group]) ? null : 'left_out_by_length_balance';
    },
  };
}

function lengthGroup(example: Example): 'longer' | 'shorter' | null {
  if (example.kind !== 'preference') return null;
  const difference = example.chosen.length - example.rejected.length;
  if (difference === 0) return null;
  return difference > 0 ? 'longer' : 'shorter';
}

/** The largest dataset with the configured shares; the scarcest source limits its size. */
function sharesToKeep(
  counts: ReadonlyMap<RowSource, number>,
  shares: SamplingOptions['shares'],
): (source: RowSource) => number {
  if (shares === undefined) return () => 1;
  const wanted = Object.entries(shares) as [RowSource, number][];
  const size = Math.min(...wanted.map(([source, share]) => (counts.get(source) ?? 0) / share));
  return (source) => {
    const count = counts.get(source) ?? 0;
    return count === 0 ? 0 : Math.min(1, ((shares[source] ?? 0) * size) / count);
  };
}

function stays(example: Example, purpose: string, share: number): boolean {
  if (share >= 1) return true;
  return Number.parseInt(hashText(`${purpose}:${example.meta.id}`).slice(0, 8), 16) / 2 ** 32 < share;
}
