/** Cache size: the texts of one item recur in its adjacent rows. */
const kept = 32;

/** Measures each of the latest texts once. */
export function remember<T>(measure: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const value = known.get(text);
    if (value !== undefined || known.has(text)) return value as T;
    if (known.size === kept) known.clear();
    const fresh = measure(text);
    known.set(text, fresh);
    return fresh;
  };
}
