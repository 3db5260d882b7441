import { findPhrase } from '../find-phrase.ts';
import { compare, type Instruction, listOption, textOption, UnreadableInstruction } from './instruction.ts';

/** Instructions on keywords of a response, by IFEval id. */
export const keywordInstructions: Readonly<Record<string, Instruction>> = {
  // IFEval looks for the keyword anywhere, inside of words too
  'keywords:existence': ({ text }, options) => {
    const missing = listOption(options, 'keywords').find((word) => !text.lower.includes(word.toLowerCase()));
    return missing === undefined ? null : `"${missing}" is missing`;
  },
  'keywords:frequency': ({ text }, options) => {
    const keyword = textOption(options, 'keyword').toLowerCase();
    const count = occurrences(text.lower, keyword);
    return compare(count, options, 'frequency', 'relation', `times "${keyword}"`);
  },
  'keywords:forbidden_words': ({ text }, options) => {
    const found = listOption(options, 'forbidden_words').find(
      (word) => findPhrase(text.lower, word.toLowerCase()) !== -1,
    );
    return found === undefined ? null : `"${found}" is forbidden`;
  },
  'keywords:letter_frequency': ({ text }, options) => {
    const letter = textOption(options, 'letter').toLowerCase();
    if ([...letter].length !== 1) throw new UnreadableInstruction('"letter" must be one letter');
    const count = occurrences(text.lower, letter);
    return compare(count, options, 'let_frequency', 'let_relation', `times the letter "${letter}"`);
  },
};

function occurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}
