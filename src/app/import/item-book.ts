import type { Candidate, Item } from '../../domain/item.ts';
import type { Vote } from '../../domain/vote.ts';
import { hashValue } from '../../files/content-hash.ts';

/**
 * The items of an import by id. A row that repeats an item is counted; a row that gives the id to other content gets an
 * id of its own, in items and votes alike, so that a second import of the same files names the same items.
 */
export class ItemBook {
  readonly #hashes = new Map<string, string>();
  readonly #joined = new Map<string, Item>();

  /** @param joins rows with one id describe one item together: their candidates are collected */
  name(
    items: readonly Item[],
    votes: readonly Vote[],
    joins: boolean,
  ): { readonly items: readonly Item[]; readonly votes: readonly Vote[]; readonly repeated: number } {
    if (joins) {
      for (const item of items) this.#join(item);
      return { items, votes, repeated: 0 };
    }
    const fresh: Item[] = [];
    const renamed = new Map<string, string>();
    let repeated = 0;
    for (const item of items) {
      const hash = hashValue(item).slice(0, 16);
      const known = this.#hashes.get(item.id);
      const id = known === undefined || known === hash ? item.id : `${item.id}:${hash.slice(0, 8)}`;
      if (id !== item.id) renamed.set(item.id, id);
      if (this.#hashes.has(id)) {
        repeated += 1;
        continue;
      }
      this.#hashes.set(id, hash);
      fresh.push(id === item.id ? item : { ...item, id });
    }
    const named = votes.map((vote) => ({ ...vote, item: renamed.get(vote.item) ?? vote.item }));
    return { items: fresh, votes: renamed.size === 0 ? votes : named, repeated };
  }

  #join(item: Item): void {
    const known = this.#joined.get(item.id);
    if (known === undefined) {
      this.#joined.set(item.id, item);
      return;
    }
    const byId = new Map<string, Candidate>(known.candidates.map((candidate) => [candidate.id, candidate]));
    for (const candidate of item.candidates) {
      const earlier = byId.get(candidate.id);
      if (earlier === undefined || earlier.text === null) byId.set(candidate.id, candidate);
    }
    this.#joined.set(item.id, {
      ...item,
      ...known,
      prompt: known.prompt ?? item.prompt,
      candidates: [...byId.values()],
    });
  }

  joined(): Iterable<Item> {
    return this.#joined.values();
  }
}
