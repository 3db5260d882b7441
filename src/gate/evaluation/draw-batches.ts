import { seededRandom, shuffled } from '../../stats/random.ts';
import { clusterOf, type PairedItem } from './paired-item.ts';

/**
 * The items in an order that no file decides, cut into batches of at least `size` that never split a cluster: what a
 * sequential gate draws one after the other.
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
