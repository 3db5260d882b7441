/**
 * A stream of uniform numbers in [0, 1).
 * @example
 * const random: Random = seededRandom(7);
 */
export type Random = () => number;

/**
 * A seeded stream: the same seed gives the same numbers on every machine.
 * Seed hash: FNV-1a with the murmur3 finaliser; generator: sfc32 (PractRand-tested, 128-bit state).
 * @example
 * const random = seededRandom('bootstrap/1');
 * random(); // 0.9631, the same in every process
 */
export function seededRandom(seed: string | number): Random {
  let hash = 2166136261;
  for (const character of String(seed)) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619);
  }
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) | 0;
  };
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
}

/**
 * Fisher-Yates; returns a new array.
 * @example
 * const drawn = shuffled(['q1', 'q2', 'q3'], seededRandom('draw/1')).slice(0, 2);
 */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const copy = [...values];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}
