/** True where the id equals a pattern; `*` in a pattern stands for any run of characters, `!` in front excludes. */
export function matchesAny(id: string, patterns: readonly string[]): boolean {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  if (unwanted.some((pattern) => matches(id, pattern))) return false;
  return wanted.length === 0 || wanted.some((pattern) => matches(id, pattern));
}

/** Linear in the id for every pattern: the pieces between stars are searched from left to right. */
function matches(id: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return id === pattern;
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (!id.startsWith(first) || !id.endsWith(last) || id.length < first.length + last.length) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = id.indexOf(piece, from);
    if (found === -1) return false;
    from = found + piece.length;
  }
  return from <= id.length - last.length;
}
