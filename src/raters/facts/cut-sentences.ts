import { blocksOf } from './blocks-of.ts';
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
