import { detectedLanguages, primaryLanguage } from '../../domain/language.ts';
import { openLanguageDetector } from '../../text/open-language-detector.ts';
import { findPhrase } from './find-phrase.ts';
import type { Check, Finding } from './finding.ts';
import { formatInstructions } from './instructions/format-instructions.ts';
import {
  compare,
  countOption,
  type Instruction,
  type InstructionOptions,
  listOption,
  textOption,
  UnreadableInstruction,
} from './instructions/instruction.ts';
import { ruleKind } from './rule-kind.ts';

/** The rule `instructions`. */
export const instructionsRule = ruleKind({
  check: 'instructions',
  options: {},
  compile: compileInstructions,
});

/**
 * The verifiable instructions that the item itself carries, in the form of IFEval: `instruction_id_list` and
 * `kwargs` in its metadata. One finding for each instruction; an unknown or broken one is no fault of the response.
 */
async function compileInstructions(): Promise<Check> {
  const instructions: Readonly<Record<string, Instruction>> = {
    ...keywordInstructions,
    ...lengthInstructions,
    ...formatInstructions,
    ...languageInstructions(await openLanguageDetector()),
  };
  return ({ item, text }) => {
    const ids = item.metadata?.instruction_id_list;
    if (!Array.isArray(ids)) return [];
    const kwargs = Array.isArray(item.metadata?.kwargs) ? (item.metadata.kwargs as readonly unknown[]) : [];
    const findings: Finding[] = [];
    for (const [index, id] of ids.entries()) {
      const follow = instructions[String(id)];
      if (follow === undefined) continue;
      try {
        const problem = follow({ text, item }, (kwargs[index] ?? {}) as InstructionOptions);
        // what says nothing follows nothing, as in IFEval
        const fault = text.text.trim() === '' ? 'the response is empty' : problem;
        findings.push({ part: String(id), pass: fault === null, reason: fault ?? 'followed' });
      } catch (error) {
        if (!(error instanceof UnreadableInstruction)) throw error;
      }
    }
    return findings;
  };
}

/** Instructions on the language of a response; an undetectable language counts as followed, as in IFEval. */
function languageInstructions(
  detect: (text: string) => string | null,
): Readonly<Record<string, Instruction>> {
  const otherThan = (wanted: string, text: string) => {
    const language = detect(text);
    return language === null || language === wanted ? null : `written in ${language}, asked for ${wanted}`;
  };
  return {
    'language:response_language': ({ text }, options) => {
      const wanted = primaryLanguage(textOption(options, 'language'));
      if (!detectedLanguages.has(wanted))
        throw new UnreadableInstruction(`the language "${wanted}" cannot be detected`);
      return otherThan(wanted, text.text);
    },
    'change_case:english_capital': ({ text }) =>
      /\p{Lu}/u.test(text.text) && text.text === text.text.toUpperCase()
        ? otherThan('en', text.lower)
        : 'not all in capitals',
    'change_case:english_lowercase': ({ text }) =>
      /\p{Ll}/u.test(text.text) && text.text === text.lower
        ? otherThan('en', text.text)
        : 'not all in lower case',
  };
}

/** Instructions on keywords of a response, by IFEval id. */
const keywordInstructions: Readonly<Record<string, Instruction>> = {
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

/** A run of stops ends a sentence; the lookbehind keeps the search linear. Lines do not end one in IFEval. */
const sentenceEnds = /(?<![.!?])[.!?]+["'”’)\]*]*(?=\s|$)/g;
/** Shortened words that no sentence ends with; a capital alone is an initial. */
const shortened = /(?:^|[\s("'*[])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|vs|e\.g|i\.e|cf|No|Inc|Ltd|Jr|Sr|Co|U\.S)\.$/;

/** Instructions on the length of a response, by IFEval id. */
const lengthInstructions: Readonly<Record<string, Instruction>> = {
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
