/** Longest text that is read at once; the tagger's memory grows with it. */
const longestText = 20_000;

export interface Block {
  readonly start: number;
  readonly end: number;
}

/** Lines stand for themselves: a list entry or a heading does not run on into the next. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    const lead = /^\s*(?:[-*+•#>]+|\d{1,3}[.)])?\s*/.exec(match[0])![0].length;
    for (let start = match.index + lead; start < match.index + match[0].length; start += longestText) {
      blocks.push({ start, end: Math.min(start + longestText, match.index + match[0].length) });
    }
  }
  return blocks;
}
