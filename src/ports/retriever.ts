/** A passage of a source document that may support or refute a claim. Offsets are UTF-16 units in `source`. */
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
 * const retriever: Retriever = {
 *   async search(query, limit) {
 *     const hits = await myIndex.query(query, limit);
 *     return hits.map(({ id, url, text, score }) => ({ id, source: url, start: 0, end: text.length, text, score }));
 *   },
 * };
 */
export interface Retriever {
  /** @param limit maximum number of passages */
  search(query: string, limit: number): Promise<readonly Passage[]>;
}
