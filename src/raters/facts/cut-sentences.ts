import type { Sentence } from './language-model.ts';

/** A sentence with its place, and nothing known of its words. */
export type SentencePlace = Pick<Sentence, 'text' | 'start' | 'end'>;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sentences for a model to read: it needs no tagged words, which cost forty times as much. */
export function cutSentences(text: string): readonly SentencePlace[] {
  return blocksOf(text).flatMap((block) =>
    [...segmenter.segment(text.slice(block.start, block.end))].flatMap(({ segment, index }) => {
      const start = block.start + index;
      const trimmed = segment.trimEnd();
      return trimmed === '' ? [] : [{ text: trimmed, start, end: start + trimmed.length }];
    }),
  );
}

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
