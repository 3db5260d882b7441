import { InputError } from '../domain/errors.ts';
import type { Item } from '../domain/item.ts';
import { readItems } from '../files/items.ts';

/** Items by id without holding a file in memory. */
export interface ItemsById {
  /** @returns the item; undefined for an unknown id */
  get(id: string): Promise<Item | undefined>;
  close(): Promise<void>;
}

/** Number of skipped items that are cached for later lookups. */
const keptItems = 4096;

/** Reads forward through an items file as ids are requested. Preferences are in the order of their items, so one pass is enough
 * and memory is bounded; an id that is no longer cached starts another pass.
 * @throws InputError if the order of requests differs so much from the file that it would need too many passes
 */
export function openItemsById(file: string): ItemsById {
  let reader = readItems(file);
  let passes = 1;
  let lookups = 0;
  const kept = new Map<string, Item>();

  const forward = async (id: string): Promise<Item | undefined> => {
    for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
      const item = next.value;
      kept.set(item.id, item);
      if (kept.size > keptItems) kept.delete(kept.keys().next().value!);
      if (item.id === id) return item;
    }
    return undefined;
  };

  return {
    async get(id) {
      lookups += 1;
      const near = kept.get(id);
      if (near !== undefined) return near;
      const ahead = await forward(id);
      if (ahead !== undefined) return ahead;
      passes += 1;
      if (passes > 8 && passes * keptItems > lookups) {
        throw new InputError(file, null, 'its items stand in quite another order than the preferences', {
          hint: 'sort both files by item id, or write the preferences again with `quorate reconcile --items`',
        });
      }
      await reader.return(undefined);
      reader = readItems(file);
      return forward(id);
    },
    async close() {
      await reader.return(undefined);
    },
  };
}
