import type { SplitShare } from '../../domain/export-spec.ts';
import type { Item } from '../../domain/item.ts';
import { asMessages } from '../../domain/message.ts';
import { hashText } from '../../files/content-hash.ts';
import { visitShingles } from '../../stats/similarity/minhash.ts';
import { gatherNearDuplicates } from '../../stats/similarity/near-duplicates.ts';

/** Groups of items, the split of each, and items that must not be trained on. */
export interface SplitPlan {
  splitOf(item: string): string;
  /** True if the prompt is equal or nearly equal to one of the benchmark files. */
  contaminated(item: string): boolean;
  readonly items: number;
  readonly clusters: number;
  /** Items whose prompt nearly repeats an earlier one. */
  readonly nearDuplicates: number;
}

export interface SplitOptions {
  readonly splits: readonly SplitShare[];
  readonly seed: number;
  /** Texts that must not be trained on. */
  readonly benchmark?: AsyncIterable<string> | Iterable<string>;
  /** Splits of an earlier export by item; a cluster stays where its members were. */
  readonly previous?: ReadonlyMap<string, string>;
}

/** Words of the n-gram that marks a prompt as taken from a benchmark (Brown et al. 2020 use 13). */
const benchmarkWords = 13;

/**
 * Splits by cluster: items of one given cluster or with near-duplicate prompts are never separated. A cluster's
 * place depends on its smallest member hash and the seed alone, so exporting again, with more items, keeps it.
 */
export async function planSplits(items: AsyncIterable<Item>, options: SplitOptions): Promise<SplitPlan> {
  const near = gatherNearDuplicates();
  const grams = new Set<number>();
  let benchmarkTexts = 0;
  for await (const text of options.benchmark ?? []) {
    near.add(text);
    benchmarkTexts += 1;
    visitShingles(text, benchmarkWords, (gram) => grams.add(gram));
  }

  const ids: string[] = [];
  const tainted = new Set<string>();
  const firstOfCluster = new Map<string, number>();
  for await (const item of items) {
    const text = promptText(item);
    // an item without a prompt matches no other
    const number = near.add(text === '' ? item.id : text);
    ids.push(item.id);
    if (grams.size > 0 && text !== '') {
      visitShingles(text, benchmarkWords, (gram) => {
        if (grams.has(gram)) tainted.add(item.id);
      });
    }
    const cluster = item.cluster;
    if (cluster === undefined || cluster === null) continue;
    const first = firstOfCluster.get(cluster);
    if (first === undefined) firstOfCluster.set(cluster, number);
    else near.join(first, number);
  }

  const groups = near.groups();
  const roots = ids.map((_, index) => groups[benchmarkTexts + index]!);
  const keys = smallestHashes(ids, roots);
  const kept = keptSplits(ids, roots, options.previous);
  const splits = new Map<string, string>();
  ids.forEach((id, index) => {
    const root = roots[index]!;
    if (root < benchmarkTexts) tainted.add(id);
    splits.set(id, kept.get(root) ?? splitAt(placeOf(keys.get(root)!, options.seed), options.splits));
  });
  const clusters = new Set(roots).size;
  const fallback = options.splits[0]!.name;
  return {
    splitOf: (item) => splits.get(item) ?? fallback,
    contaminated: (item) => tainted.has(item),
    items: ids.length,
    clusters,
    nearDuplicates: ids.length - clusters,
  };
}

export function promptText(item: Item): string {
  if (item.prompt === null) return '';
  return asMessages(item.prompt)
    .map((message) => message.content)
    .join('\n');
}

function smallestHashes(ids: readonly string[], roots: readonly number[]): ReadonlyMap<number, string> {
  const keys = new Map<number, string>();
  ids.forEach((id, index) => {
    const hash = hashText(id);
    const known = keys.get(roots[index]!);
    if (known === undefined || hash < known) keys.set(roots[index]!, hash);
  });
  return keys;
}

/** Held-out splits win where an earlier export had members of one cluster in several: nothing held out leaks into training. */
function keptSplits(
  ids: readonly string[],
  roots: readonly number[],
  previous: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<number, string> {
  const kept = new Map<number, string>();
  if (previous === undefined) return kept;
  ids.forEach((id, index) => {
    const split = previous.get(id);
    const known = kept.get(roots[index]!);
    if (split !== undefined && (known === undefined || known === 'train')) kept.set(roots[index]!, split);
  });
  return kept;
}

function placeOf(key: string, seed: number): number {
  return Number.parseInt(hashText(`${seed}:${key}`).slice(0, 8), 16) / 2 ** 32;
}

function splitAt(place: number, splits: readonly SplitShare[]): string {
  let end = 0;
  for (const split of splits) {
    end += split.share;
    if (place < end) return split.name;
  }
  return splits.at(-1)!.name;
}
