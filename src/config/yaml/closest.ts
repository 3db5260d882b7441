/**
 * The choice with the smallest edit distance to `written`; undefined if none is close enough to be a typing mistake.
 * @example closest('lenght', ['regex', 'length']) // 'length'
 */
export function closest(written: string, choices: readonly string[]): string | undefined {
  const plain = written.toLowerCase().replaceAll('-', '_');
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (const choice of choices) {
    const distance = editDistance(plain, choice.toLowerCase().replaceAll('-', '_'));
    if (distance < bestDistance) {
      best = choice;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions, transpositions. */
export function editDistance(from: string, to: string): number {
  // keys are short; a long text is not a typing mistake
  if (from.length > 64 || to.length > 64) return from === to ? 0 : Math.max(from.length, to.length);
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length]!;
}
