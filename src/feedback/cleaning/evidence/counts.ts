/** k of n for each author: occurrences and opportunities. */
export interface Counts {
  readonly k: Int32Array;
  readonly n: Int32Array;
}

/** Zero counts for all authors. */
export function countsFor(authors: number): Counts {
  return { k: new Int32Array(authors), n: new Int32Array(authors) };
}
