import { seededRandom, shuffled } from '../../stats/random.ts';
import { clusterOf, type PairedItem } from './paired-item.ts';

/** Shuffles the items by seed and cuts them into batches of at least `size` that never split a cluster. A sequential gate
 * judges one batch after the other.
 */
export function drawBatches(
  items: readonly PairedItem[],
  size: number,
  seed: number,
): readonly (readonly PairedItem[])[] {
  const clusters = new Map<string, PairedItem[]>();
  for (const item of items) {
    const own = clusters.get(clusterOf(item));
    if (own === undefined) clusters.set(clusterOf(item), [item]);
    else own.push(item);
  }
  const batches: PairedItem[][] = [];
  let open: PairedItem[] = [];
  for (const cluster of shuffled([...clusters.values()], seededRandom(`gate/${seed}`))) {
    open.push(...cluster);
    if (open.length < size) continue;
    batches.push(open);
    open = [];
  }
  if (open.length > 0) batches.push(open);
  return batches;
}
