const deepest = 32;

/**
 * What no honest JSON contains and what may hurt later: nesting without end, keys that reach for the prototype,
 * halves of characters that no store can keep. @returns what it is, or undefined when there is nothing of it.
 */
export function hostileValue(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'holds half of a character';
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === deepest) return `is nested deeper than ${deepest} levels`;
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'has a key "__proto__"';
    const found = hostileValue(key) ?? hostileValue((value as Record<string, unknown>)[key], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
