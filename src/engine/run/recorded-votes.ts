import type { Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import type { RecordedLook, RunStore } from '../../ports/run-store.ts';
import type { PanelMember } from '../calls/lane.ts';
import { itemHash, lookFingerprint, lookName } from './offered-looks.ts';
import { slicesOf } from './slices.ts';

const sliceItems = 64;

/**
 * The votes of a run as its store has them, streamed: by item in the order of the file, by rater in the order of
 * the panel, by look in the rater's order. What an earlier panel or an earlier text of the item left is not among them.
 */
export async function* recordedVotes(
  run: string,
  items: AsyncIterable<Item> | Iterable<Item>,
  panel: readonly PanelMember[],
  store: RunStore,
): AsyncGenerator<Vote> {
  for await (const slice of slicesOf(items, sliceItems)) {
    const looks = await store.looksOf(
      run,
      slice.items.map((item) => item.id),
    );
    const byItem = new Map(slice.items.map((item) => [item.id, new Map<string, RecordedLook>()]));
    for (const look of looks) byItem.get(look.item)?.set(lookName(look.rater, look.look), look);
    for (const item of slice.items) {
      yield* votesOf(item, byItem.get(item.id)!, panel);
    }
  }
}

function* votesOf(
  item: Item,
  looks: ReadonlyMap<string, RecordedLook>,
  panel: readonly PanelMember[],
): Generator<Vote> {
  const hash = itemHash(item);
  for (const { rater } of panel) {
    const fingerprint = lookFingerprint(rater.fingerprint, hash);
    for (const look of rater.looks(item)) {
      const recorded = looks.get(lookName(rater.id, look.id));
      if (recorded?.fingerprint === fingerprint) yield* recorded.votes;
    }
  }
}
