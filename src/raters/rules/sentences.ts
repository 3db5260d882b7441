/** Where a sentence may end. A run of stops is tried once, from its first: that keeps the search linear. */
const endings =
  /(?<![.!?])[.!?]+["'”’)\]*_]*(?=\s|$)|[؟۔।॥։](?=\s|$)|[。！？]+|\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,3}[.)])\s)/g;
const abbreviations =
  /(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|cf|No|Fig|approx|Inc|Ltd|Jr|Sr)\.$/;
/** The number before an entry of a list is no sentence. */
const listNumber = /^\d{1,3}[.)]$/;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** How many sentences a text has; entries of a list and paragraphs end one too. */
export function countSentences(text: string): number {
  let count = 0;
  let start = 0;
  for (const match of text.matchAll(endings)) {
    const end = match.index + match[0].length;
    const tail = text.slice(Math.max(start, end - 12), end).trim();
    const isShort = end - start <= 12;
    if (end < text.length && (abbreviations.test(tail) || (isShort && listNumber.test(tail)))) continue;
    if (letterOrDigit.test(text.slice(start, end))) count += 1;
    start = end;
  }
  return letterOrDigit.test(text.slice(start)) ? count + 1 : count;
}
