const letter = /[\p{L}\p{N}\p{M}]/u;

/** The offset of a phrase as whole words, both in lower case; -1 if absent. Linear time for any phrase. */
export function findPhrase(lowerText: string, lowerPhrase: string, from = 0): number {
  for (
    let at = lowerText.indexOf(lowerPhrase, from);
    at !== -1;
    at = lowerText.indexOf(lowerPhrase, at + 1)
  ) {
    if (
      isEdge(lowerText, at - 1, at) &&
      isEdge(lowerText, at + lowerPhrase.length - 1, at + lowerPhrase.length)
    )
      return at;
  }
  return -1;
}

/** Scripts without spaces have no word edges, so an edge is asked for only between letters that can have one. */
function isEdge(text: string, before: number, after: number): boolean {
  const left = text[before];
  const right = text[after];
  if (left === undefined || right === undefined) return true;
  const code = Math.max(left.charCodeAt(0), right.charCodeAt(0));
  return !(letter.test(left) && letter.test(right)) || code > 0x2e80;
}
