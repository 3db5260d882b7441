import { compare, countOption, type Instruction, textOption, UnreadableInstruction } from './instruction.ts';

/** A run of stops ends a sentence; the lookbehind keeps the search linear. Lines do not end one in IFEval. */
const sentenceEnds = /(?<![.!?])[.!?]+["'”’)\]*]*(?=\s|$)/g;
/** Shortened words that no sentence ends with; a capital alone is an initial. */
const shortened = /(?:^|[\s("'*[])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|vs|e\.g|i\.e|cf|No|Inc|Ltd|Jr|Sr|Co|U\.S)\.$/;

/** Instructions on the length of a response, by IFEval id. */
export const lengthInstructions: Readonly<Record<string, Instruction>> = {
  'length_constraints:number_words': ({ text }, options) => {
    // IFEval counts runs of \w
    const count = text.text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0;
    return compare(count, options, 'num_words', 'relation', 'words');
  },
  'length_constraints:number_sentences': ({ text }, options) =>
    compare(sentencesOf(text.text), options, 'num_sentences', 'relation', 'sentences'),
  'length_constraints:number_paragraphs': ({ text }, options) => {
    const parts = text.text.split(/\s?\*\*\*\s?/);
    const wanted = countOption(options, 'num_paragraphs');
    if (parts.slice(1, -1).some(isBlank)) return 'an empty paragraph between two ***';
    const count = parts.filter((part) => !isBlank(part)).length;
    return count === wanted ? null : `${count} paragraphs divided by ***, asked for ${wanted}`;
  },
  'length_constraints:nth_paragraph_first_word': ({ text }, options) => {
    const wanted = countOption(options, 'num_paragraphs');
    const place = countOption(options, 'nth_paragraph');
    if (place < 1 || place > wanted)
      throw new UnreadableInstruction('"nth_paragraph" must be one of the paragraphs');
    const word = firstWord(textOption(options, 'first_word'));
    const parts = text.text.split('\n\n');
    const count = parts.filter((part) => !isBlank(part)).length;
    if (count !== wanted) return `${count} paragraphs, asked for ${wanted}`;
    // IFEval counts places with the blank parts, which two empty lines in a row make
    const first = firstWord(parts[place - 1]!);
    return first === word ? null : `paragraph ${place} begins with "${first}", not with "${word}"`;
  },
};

function sentencesOf(text: string): number {
  let count = 0;
  let end = 0;
  for (const match of text.matchAll(sentenceEnds)) {
    const next = match.index + match[0].length;
    if (match[0] === '.' && shortened.test(text.slice(Math.max(end, next - 12), next))) continue;
    count += 1;
    end = next;
  }
  return isBlank(text.slice(end)) ? count : count + 1;
}

/** Up to the first mark of punctuation, in lower case. */
function firstWord(paragraph: string): string {
  const word = /^\s*'*"*([^\s.,?!'"]{0,200})/.exec(paragraph)?.[1] ?? '';
  return word.toLowerCase();
}

function isBlank(part: string): boolean {
  return part.trim() === '';
}
