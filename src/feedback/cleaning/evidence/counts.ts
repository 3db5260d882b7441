/** k of n for each author: how often something showed of the times that it could have. */
export interface Counts {
  readonly k: Int32Array;
  readonly n: Int32Array;
}

export function countsFor(authors: number): Counts {
  return { k: new Int32Array(authors), n: new Int32Array(authors) };
}
