/** A vector as bytes, scaled to length 1 so that the dot product is the cosine. */
export function vectorBytes(vector: Float32Array): Buffer {
  const length = Math.hypot(...vector) || 1;
  const unit = vector.map((value) => value / length);
  return Buffer.from(unit.buffer, unit.byteOffset, unit.byteLength);
}

/** The passages with the highest cosine similarity to the question, by exhaustive search. */
export function nearestVectors(
  question: Float32Array,
  rows: Iterable<{ readonly passage: number; readonly bytes: Buffer }>,
  limit: number,
): readonly number[] {
  let best: { passage: number; cosine: number }[] = [];
  for (const { passage, bytes } of rows) {
    const cosine = dot(question, bytes);
    if (best.length === limit && cosine <= best.at(-1)!.cosine) continue;
    best.push({ passage, cosine });
    if (best.length > 2 * limit) best = top(best, limit);
  }
  return top(best, limit).map(({ passage }) => passage);
}

function top(list: { passage: number; cosine: number }[], limit: number) {
  return list.sort((a, b) => b.cosine - a.cosine || a.passage - b.passage).slice(0, limit);
}

function dot(question: Float32Array, bytes: Buffer): number {
  // SQLite's buffers need not be aligned for a view of floats
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let index = 0; index < question.length; index += 1)
    sum += question[index]! * view.getFloat32(index * 4, true);
  return sum;
}

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

const common = new Set(
  'the a an of in on at to for and or but is are was were be been has have had do does did by with from as it its this that these those he she they his her their who which what when where not no'.split(
    ' ',
  ),
);
const longestQuery = 32;

/** A question as an FTS5 expression: any of its words, each quoted, so that nothing in it is syntax. Null if it has no word to
 * search for.
 */
export function matchQuery(query: string): string | null {
  const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
  const informative = words.filter((word) => !common.has(word));
  const wanted = (informative.length > 0 ? informative : words).slice(0, longestQuery);
  return wanted.length === 0 ? null : wanted.map((word) => `"${word}"`).join(' OR ');
}
