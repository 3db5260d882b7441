import type { Item } from '../../domain/item.ts';
import { chunkText } from '../../files/chunk-text.ts';
import type { Passage, Retriever } from '../../ports/retriever.ts';

/** A retriever over the item's own reference and context, ranked by shared words; null if the item has neither. */
export function ownEvidence(item: Item): Retriever | null {
  const sources: (readonly [string, string])[] = (item.context ?? []).map((text, index) => [
    `context[${index}]`,
    text,
  ]);
  if (item.reference != null) sources.unshift(['reference', item.reference]);
  const passages = sources.flatMap(([source, text]) =>
    chunkText(text).map(
      (chunk, index): Passage => ({ ...chunk, id: `${source}#${index}`, source, score: 0 }),
    ),
  );
  if (passages.length === 0) return null;
  // few items have more passages than the limit
  let words: readonly ReadonlySet<string>[] | undefined;
  return {
    async search(query, limit) {
      if (passages.length <= limit) return passages;
      words ??= passages.map(({ text }) => new Set(wordsOf(text)));
      const queried = new Set(wordsOf(query));
      const scored = passages.map((passage, index) => ({ passage, score: shared(queried, words![index]!) }));
      return scored
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
        .map(({ passage }) => passage);
    },
  };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

function shared(queried: ReadonlySet<string>, known: ReadonlySet<string>): number {
  let count = 0;
  for (const word of queried) if (known.has(word)) count += 1;
  return count;
}
