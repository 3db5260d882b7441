/** Damps the first ranks; 60 is the value of the paper. */
const damping = 60;

/**
 * Reciprocal rank fusion (Cormack, Clarke & Büttcher 2009): score(d) = sum over rankings of 1 / (60 + rank(d)).
 * @returns ids with scores, best first; equal scores by id.
 */
export function fuseRanks(
  rankings: readonly (readonly string[])[],
): readonly { readonly id: string; readonly score: number }[] {
  const scores = new Map<string, number>();
  for (const ranking of rankings) {
    for (const [place, id] of ranking.entries())
      scores.set(id, (scores.get(id) ?? 0) + 1 / (damping + place + 1));
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
