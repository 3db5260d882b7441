import type { Item } from '../../domain/item.ts';
import type { Slice } from '../../ports/dispatcher.ts';

/** Cuts a stream of items into slices of `size`, in order. */
export async function* slicesOf(
  items: AsyncIterable<Item> | Iterable<Item>,
  size: number,
): AsyncGenerator<Slice> {
  let start = 0;
  let slice: Item[] = [];
  for await (const item of items) {
    slice.push(item);
    if (slice.length === size) {
      yield { start, items: slice };
      start += size;
      slice = [];
    }
  }
  if (slice.length > 0) yield { start, items: slice };
}
