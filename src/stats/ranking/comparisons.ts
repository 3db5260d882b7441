/**
 * The record of one pair of players (models): each pair at most once, in either order.
 * @example
 * const record: PairRecord = { first: 0, second: 1, firstWins: 7, secondWins: 3, ties: 2 };
 */
export interface PairRecord {
  /** Indices of the players. */
  readonly first: number;
  readonly second: number;
  readonly firstWins: number;
  readonly secondWins: number;
  readonly ties: number;
}

/** Sums single results into one record per pair. `score` is 1 (first won), 0 (second won) or 0.5 (tie). */
export function pairRecords(
  results: Iterable<{
    readonly first: number;
    readonly second: number;
    readonly score: number;
    readonly weight?: number;
  }>,
): PairRecord[] {
  const pairs = new Map<
    string,
    { first: number; second: number; firstWins: number; secondWins: number; ties: number }
  >();
  for (const { first, second, score, weight = 1 } of results) {
    const flipped = first > second;
    const low = flipped ? second : first;
    const high = flipped ? first : second;
    const key = `${low} ${high}`;
    const record = pairs.get(key) ?? { first: low, second: high, firstWins: 0, secondWins: 0, ties: 0 };
    pairs.set(key, record);
    if (score === 0.5) record.ties += weight;
    else if ((score === 1) !== flipped) record.firstWins += weight;
    else record.secondWins += weight;
  }
  return [...pairs.values()];
}
