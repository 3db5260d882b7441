import type { Item } from '../../domain/item.ts';
import { promptKey, textKey } from './identify.ts';

/** An already judged item: feedback about its prompt uses its ids. */
export interface KnownItem {
  readonly id: string;
  /** Candidate ids by `textKey`. */
  readonly candidates: ReadonlyMap<string, string>;
}

/** Items by `promptKey`; of two with the same prompt the first one counts. Texts are not kept. */
export async function indexKnownItems(
  items: AsyncIterable<Item> | Iterable<Item>,
): Promise<ReadonlyMap<string, KnownItem>> {
  const known = new Map<string, KnownItem>();
  for await (const { id, prompt, candidates } of items) {
    if (prompt === null) continue;
    const key = promptKey(prompt);
    if (known.has(key)) continue;
    const texts = candidates.flatMap(({ id: candidate, text }) =>
      text === null ? [] : [[textKey(text), candidate] as const],
    );
    known.set(key, { id, candidates: new Map(texts.reverse()) });
  }
  return known;
}
