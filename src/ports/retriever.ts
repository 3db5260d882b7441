/**
 * A passage of a source document that may support or refute a claim. Offsets are UTF-16 units in `source`.
 * @example
 * const passage: Passage = { id: 'p1', source: 'owls.md', start: 0, end: 21, text: 'Owls hunt in the dark.', score: 3.2 };
 */
export interface Passage {
  readonly id: string;
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Higher is better; comparable only within one result list. */
  readonly score: number;
}

/**
 * Finds passages for a query, best first. An empty list is a valid answer: no evidence is known.
 *
 * To check facts against your own search index, implement this interface.
 * @example
 * const texts = ['Owls hunt in the dark.', 'Swifts sleep in the air.'];
 * const retriever: Retriever = {
 *   async search(query, limit) {
 *     const words = query.toLowerCase().split(' ');
 *     return texts
 *       .map((text, at) => ({ id: `p${at}`, source: text, start: 0, end: text.length, text, score: 0 }))
 *       .map((passage) => ({ ...passage, score: words.filter((word) => passage.text.includes(word)).length }))
 *       .sort((a, b) => b.score - a.score)
 *       .slice(0, limit);
 *   },
 * };
 */
export interface Retriever {
  /** @param limit maximum number of passages */
  search(query: string, limit: number): Promise<readonly Passage[]>;
}
