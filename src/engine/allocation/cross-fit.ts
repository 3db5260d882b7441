import type { Item } from '../../domain/item.ts';
import { seededRandom, shuffled } from '../../stats/random.ts';
import type { LabelledPanel } from './labelled-panel.ts';
import { type LabelledItem, learnFromLabels } from './learn-from-labels.ts';

const folds = 5;

/**
 * What labels teach about each item, never by a label of its own cluster: the clusters are dealt into folds, and an item
 * of one fold is asked under what the others teach. Items without a label are asked under what all teach.
 */
export function crossFit(
  labelled: readonly LabelledItem[],
  seed: number,
): (item: Item) => LabelledPanel | null {
  const clusters = [...new Set(labelled.map(({ cluster }) => cluster))].sort();
  const dealt = shuffled(clusters, seededRandom(`label folds ${seed}`));
  const foldOf = new Map(dealt.map((cluster, place) => [cluster, place % folds]));
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
