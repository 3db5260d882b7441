/** A stretch of a source document that may support or refute a claim. Offsets are UTF-16 units in `source`. */
export interface Passage {
  readonly id: string;
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Higher is better; comparable only within one answer. */
  readonly score: number;
}

/** Finds passages for a question. An empty list is an answer: nothing is known. */
export interface Retriever {
  search(query: string, limit: number): Promise<readonly Passage[]>;
}
