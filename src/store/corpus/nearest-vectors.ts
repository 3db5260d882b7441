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
