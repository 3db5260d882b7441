import type { Item } from '../domain/item.ts';
import type { Vote } from '../domain/vote.ts';
import { type PeerRow, PeerTally } from '../raters/panel/peer-tally.ts';

/**
 * Who thinks what of whose responses.
 * @param votes in the order of the items, as a run writes them; votes of items that are not there are passed over.
 */
export async function peerMatrix(
  items: AsyncIterable<Item>,
  votes: AsyncIterable<Vote>,
): Promise<readonly PeerRow[]> {
  const tally = new PeerTally();
  const reading = votes[Symbol.asyncIterator]();
  let next = await reading.next();
  for await (const item of items) {
    const ofItem: Vote[] = [];
    for (; next.done !== true && next.value.item === item.id; next = await reading.next())
      ofItem.push(next.value);
    tally.add(
      item,
      ofItem.filter(({ rater_kind }) => rater_kind === 'llm'),
    );
  }
  return tally.rows();
}
