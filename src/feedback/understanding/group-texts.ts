/** A text as its terms with their weights, longest vector 1. */
type Vector = ReadonlyMap<number, number>;

/** A group: its members in their order, and its mean vector. */
export interface TextGroup {
  readonly members: readonly number[];
  readonly centroid: ReadonlyMap<string, number>;
}

/** Terms of a text used to look up its leader, and leaders kept per term. */
const lookedUp = 8;
const keptLeaders = 64;

/**
 * Groups texts by the cosine of their TF-IDF vectors in near-linear time: each text joins the most similar leader that shares one of its highest-weighted terms, or becomes a leader; then small groups join larger ones by their means
 * (leader clustering, Hartigan 1975, with an inverted index). Deterministic in the order of the texts.
 * @param texts terms with their counts; texts without terms form one group, the last.
 */
export function groupTexts(texts: readonly ReadonlyMap<string, number>[], similarity: number): TextGroup[] {
  const numbers = new Map<string, number>();
  const frequency: number[] = [];
  for (const text of texts) {
    for (const term of text.keys()) {
      const number = numbers.get(term) ?? numbers.size;
      numbers.set(term, number);
      frequency[number] = (frequency[number] ?? 0) + 1;
    }
  }
  const idf = frequency.map((count) => Math.log(1 + texts.length / count));
  const vectors = texts.map((text) =>
    normalised(
      new Map(Array.from(text, ([term, count]) => [numbers.get(term)!, count * idf[numbers.get(term)!]!])),
    ),
  );
  const wordless = vectors.flatMap((vector, text) => (vector.size === 0 ? [text] : []));
  const first = leaders(
    vectors.flatMap((vector, text) => (vector.size === 0 ? [] : [{ vector, members: [text] }])),
    similarity,
  );
  const means = first
    .map(({ members }) => ({ vector: meanOf(members.map((text) => vectors[text]!)), members }))
    .sort((a, b) => b.members.length - a.members.length || a.members[0]! - b.members[0]!);
  const names = [...numbers.keys()];
  const groups = leaders(means, similarity).map(({ members }) => ({
    members: [...members].sort((a, b) => a - b),
    centroid: new Map(
      Array.from(meanOf(members.map((text) => vectors[text]!)), ([term, weight]) => [names[term]!, weight]),
    ),
  }));
  return wordless.length === 0 ? groups : [...groups, { members: wordless, centroid: new Map() }];
}

interface Cluster {
  readonly vector: Vector;
  readonly members: readonly number[];
}

function leaders(clusters: readonly Cluster[], similarity: number): { members: number[] }[] {
  const led: { vector: Vector; members: number[] }[] = [];
  const posted = new Map<number, number[]>();
  for (const { vector, members } of clusters) {
    const top = weightiest(vector, lookedUp);
    let best = -1;
    let highest = similarity;
    const tried = new Set<number>();
    for (const term of top) {
      for (const leader of posted.get(term) ?? []) {
        if (tried.has(leader)) continue;
        tried.add(leader);
        const cosine = dot(vector, led[leader]!.vector);
        if (cosine > highest || (cosine === highest && best === -1)) {
          highest = cosine;
          best = leader;
        }
      }
    }
    if (best !== -1) {
      for (const member of members) led[best]!.members.push(member);
      continue;
    }
    led.push({ vector, members: [...members] });
    for (const term of top) {
      const list = posted.get(term) ?? [];
      posted.set(term, list);
      if (list.length < keptLeaders) list.push(led.length - 1);
    }
  }
  return led;
}

function weightiest(vector: Vector, count: number): number[] {
  return [...vector]
    .sort(([a, weightA], [b, weightB]) => weightB - weightA || a - b)
    .slice(0, count)
    .map(([term]) => term);
}

function dot(a: Vector, b: Vector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}

function meanOf(vectors: readonly Vector[]): Vector {
  const sum = new Map<number, number>();
  for (const vector of vectors)
    for (const [term, weight] of vector) sum.set(term, (sum.get(term) ?? 0) + weight);
  return normalised(sum);
}

function normalised(vector: Vector): Vector {
  let squares = 0;
  for (const weight of vector.values()) squares += weight ** 2;
  const length = Math.sqrt(squares);
  return new Map(Array.from(vector, ([term, weight]) => [term, weight / length]));
}
