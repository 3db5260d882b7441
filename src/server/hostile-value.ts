const deepest = 32;

/** Detects hostile JSON: excessive nesting, prototype keys, and lone surrogates, which a store cannot keep.
 * @returns the reason, or undefined for harmless JSON
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
