/** A ranking as opinions on its pairs: +1 where `x` stands before `y` (x sorts before y), 0 where they are equal. */
export function* signedRanks(
  ranking: readonly (readonly string[])[],
): Generator<{ x: string; y: string; sign: number }> {
  const placed = ranking.flatMap((group, rank) => group.map((id) => ({ id, rank })));
  for (const [index, one] of placed.entries()) {
    for (const other of placed.slice(index + 1)) {
      if (one.id === other.id) continue;
      const [x, y] = one.id < other.id ? [one, other] : [other, one];
      yield { x: x.id, y: y.id, sign: Math.sign(y.rank - x.rank) };
    }
  }
}
