const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

interface JsonShape {
  /** The first key that stands twice in one object, as written, and where it stands. */
  readonly repeated: { readonly key: string; readonly at: number } | null;
  /** How many objects and lists stand within one another; up to the repeated key. */
  readonly depth: number;
}

/** What a parser keeps to itself about a valid JSON text. */
export function jsonShape(json: string): JsonShape {
  // the keys of each object that is open; null for a list
  const open: (Set<string> | null)[] = [];
  let depth = 0;
  let last: { readonly key: string; readonly at: number } | null = null;
  for (const { 0: sign, index } of json.matchAll(token)) {
    if (sign === '{') open.push(new Set());
    else if (sign === '[') open.push(null);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign !== ':') last = { key: sign, at: index };
    else if (last !== null) {
      const keys = open.at(-1);
      const name = last.key.includes('\\') ? (JSON.parse(last.key) as string) : last.key.slice(1, -1);
      if (keys?.has(name)) return { repeated: last, depth };
      keys?.add(name);
    }
    depth = Math.max(depth, open.length);
  }
  return { repeated: null, depth };
}
