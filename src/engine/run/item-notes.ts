import { hasPrompt, type Item } from '../../domain/item.ts';

const itemNoteKinds = ['no_prompt', 'identical_responses', 'empty_response'] as const;

/** Items with something in common that a person should know about. */
export interface ItemNote {
  readonly note: (typeof itemNoteKinds)[number];
  readonly items: number;
  /** Id of the first of them. */
  readonly first: string;
}

/** Counts the items of each note as they pass by. */
export class ItemNotes {
  readonly #found = new Map<ItemNote['note'], { items: number; readonly first: string }>();

  add(item: Item): void {
    const texts = item.candidates.flatMap(({ text }) => (text === null ? [] : [text.trim()]));
    if (!hasPrompt(item)) this.#note('no_prompt', item.id);
    if (new Set(texts).size < texts.length) this.#note('identical_responses', item.id);
    if (texts.includes('')) this.#note('empty_response', item.id);
  }

  list(): ItemNote[] {
    return itemNoteKinds.flatMap((note) => {
      const found = this.#found.get(note);
      return found === undefined ? [] : [{ note, ...found }];
    });
  }

  #note(note: ItemNote['note'], id: string): void {
    const found = this.#found.get(note);
    if (found === undefined) this.#found.set(note, { items: 1, first: id });
    else found.items += 1;
  }
}
