import type { Item } from '../../domain/item.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import type { LabelledPanel } from './labelled-panel.ts';
import { type LabelledItem, learnFromLabels } from './learn-from-labels.ts';

const folds = 5;

/**
 * Cross-fitting: the panel model of an item is never fitted to a label of the item's own cluster. Clusters are dealt into
 * folds; an item of one fold uses the fit to the other folds, an item without a label the fit to all.
 */
export function crossFit(
  labelled: readonly LabelledItem[],
  seed: number,
): (item: Item) => LabelledPanel | null {
  const clusters = [...new Set(labelled.map(({ cluster }) => cluster))].sort();
  const order = shuffled(clusters, seededRandom(`label folds ${seed}`));
  const foldOf = new Map(order.map((cluster, place) => [cluster, place % folds]));
  const panels = new Map<number, LabelledPanel | null>();
  return (item) => {
    const fold = foldOf.get(item.cluster ?? item.id) ?? -1;
    let panel = panels.get(fold);
    if (panel === undefined) {
      panel = learnFromLabels(labelled.filter(({ cluster }) => foldOf.get(cluster) !== fold));
      panels.set(fold, panel);
    }
    return panel;
  };
}
