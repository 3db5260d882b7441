import { findPhrase } from '../find-phrase.ts';
import { compare, type Instruction, listOption, numberOption, textOption } from './instruction.ts';

export const keywordInstructions: Readonly<Record<string, Instruction>> = {
  // IFEval looks for the keyword anywhere, inside of words too
  'keywords:existence': ({ text }, options) => {
    const missing = listOption(options, 'keywords').find((word) => !text.lower.includes(word.toLowerCase()));
    return missing === undefined ? null : `"${missing}" is missing`;
  },
  'keywords:frequency': ({ text }, options) => {
    const keyword = textOption(options, 'keyword').toLowerCase();
    return compare(
      text.lower.split(keyword).length - 1,
      options,
      'frequency',
      'relation',
      `times "${keyword}"`,
    );
  },
  'keywords:forbidden_words': ({ text }, options) => {
    const found = listOption(options, 'forbidden_words').find(
      (word) => findPhrase(text.lower, word.toLowerCase()) !== -1,
    );
    return found === undefined ? null : `"${found}" is forbidden`;
  },
  'keywords:letter_frequency': ({ text }, options) => {
    const letter = textOption(options, 'letter').toLowerCase();
    return compare(
      text.lower.split(letter).length - 1,
      options,
      'let_frequency',
      'let_relation',
      `times the letter "${letter}"`,
    );
  },
  'length_constraints:number_words': ({ text }, options) => {
    // IFEval counts runs of \w
    const count = text.text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0;
    return compare(count, options, 'num_words', 'relation', 'words');
  },
  'length_constraints:number_sentences': ({ text }, options) =>
    compare(text.sentences.length, options, 'num_sentences', 'relation', 'sentences'),
  'length_constraints:number_paragraphs': ({ text }, options) => {
    const parts = text.text.split(/\s?\*\*\*\s?/);
    const inner = parts.slice(1, -1);
    const wanted = numberOption(options, 'num_paragraphs');
    if (inner.some((part) => part.trim() === '')) return 'an empty paragraph between two ***';
    const count = parts.filter((part) => part.trim() !== '').length;
    return count === wanted ? null : `${count} paragraphs divided by ***, asked for ${wanted}`;
  },
  'length_constraints:nth_paragraph_first_word': ({ text }, options) => {
    const wanted = numberOption(options, 'num_paragraphs');
    const place = numberOption(options, 'nth_paragraph');
    const word = textOption(options, 'first_word').toLowerCase();
    const paragraphs = text.text.split(/\n\n/).filter((part) => part.trim() !== '');
    if (paragraphs.length !== wanted) return `${paragraphs.length} paragraphs, asked for ${wanted}`;
    const first = paragraphs[place - 1]
      ?.trim()
      .split(/\s+/)[0]
      ?.replace(/^["']+|["'.,?!]+$/g, '')
      .toLowerCase();
    return first === word ? null : `paragraph ${place} begins with "${first ?? ''}", not with "${word}"`;
  },
};
