import { compare, countOption, type Instruction, textOption } from './instruction.ts';

const constrainedAnswers = ['My answer is yes.', 'My answer is no.', 'My answer is maybe.'];

/** Instructions on the format of a response, by IFEval id. */
export const formatInstructions: Readonly<Record<string, Instruction>> = {
  'detectable_content:number_placeholders': ({ text }, options) =>
    atLeast(placeholders(text.text), countOption(options, 'num_placeholders'), 'placeholders'),
  'detectable_content:postscript': ({ text }, options) => {
    const marker = textOption(options, 'postscript_marker');
    const pattern = marker === 'P.P.S' ? /p\.\s?p\.\s?s/ : marker === 'P.S.' ? /p\.\s?s\./ : null;
    const found = pattern === null ? text.lower.includes(marker.toLowerCase()) : pattern.test(text.lower);
    return found ? null : `no postscript with ${marker}`;
  },
  'detectable_format:number_bullet_lists': ({ text }, options) => {
    const count = bullets(text.text);
    const wanted = countOption(options, 'num_bullets');
    return count === wanted ? null : `${count} bullets, asked for ${wanted}`;
  },
  'detectable_format:constrained_response': ({ text }) =>
    constrainedAnswers.some((answer) => text.text.includes(answer))
      ? null
      : `none of ${constrainedAnswers.join(' ')}`,
  'detectable_format:number_highlighted_sections': ({ text }, options) => {
    const full = (pattern: RegExp, marks: number) =>
      (text.text.match(pattern) ?? []).filter((part) => part.slice(marks, -marks).trim() !== '').length;
    // IFEval counts *x* and **x** alike, each by its own pattern
    const count = full(/\*[^\n*]*\*/g, 1) + full(/\*\*[^\n*]*\*\*/g, 2);
    return atLeast(count, countOption(options, 'num_highlights'), 'highlighted sections');
  },
  'detectable_format:multiple_sections': ({ text }, options) => {
    const splitter = textOption(options, 'section_spliter').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const count = text.text.match(new RegExp(`${splitter}\\s?\\d+`, 'g'))?.length ?? 0;
    return atLeast(count, countOption(options, 'num_sections'), 'sections');
  },
  'detectable_format:json_format': ({ text }) => {
    const source = text.text
      .trim()
      .replace(/^```(?:json|Json|JSON)?/, '')
      .replace(/```$/, '')
      .trim();
    try {
      JSON.parse(source);
      return null;
    } catch (error) {
      return `not JSON: ${(error as Error).message.slice(0, 100)}`;
    }
  },
  'detectable_format:title': ({ text }) =>
    text.text.split('\n').some(hasTitle) ? null : 'no title in <<double angular brackets>>',
  'combination:two_responses': ({ text }) => {
    const parts = text.text.split('******');
    const full = parts.filter((part) => part.trim() !== '');
    const emptyInside = parts.slice(1, -1).some((part) => part.trim() === '');
    if (emptyInside || full.length !== 2) return `${full.length} responses divided by ******, asked for two`;
    return full[0]!.trim() === full[1]!.trim() ? 'the two responses are the same' : null;
  },
  'combination:repeat_prompt': ({ text }, options) =>
    text.lower.trim().startsWith(textOption(options, 'prompt_to_repeat').toLowerCase())
      ? null
      : 'does not begin with the prompt',
  'startend:end_checker': ({ text }, options) => {
    const phrase = textOption(options, 'end_phrase').toLowerCase();
    return stripped(text.lower.trim(), '"', '"').endsWith(phrase) ? null : `does not end with "${phrase}"`;
  },
  'startend:quotation': ({ text }) => {
    const trimmed = text.text.trim();
    return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"')
      ? null
      : 'not in double quotation marks';
  },
  'change_case:capital_word_frequency': ({ text }, options) =>
    compare(capitalWords(text.text), options, 'capital_frequency', 'capital_relation', 'words in capitals'),
  'punctuation:no_comma': ({ text }) => {
    const at = text.text.indexOf(',');
    return at === -1 ? null : `a comma: "${text.text.slice(Math.max(0, at - 20), at + 10)}"`;
  },
};

/** From a bracket to the next closing one in its line. */
function placeholders(text: string): number {
  let count = 0;
  for (const line of text.split('\n')) {
    for (let open = line.indexOf('['); open !== -1; ) {
      const close = line.indexOf(']', open);
      if (close === -1) break;
      count += 1;
      open = line.indexOf('[', close);
    }
  }
  return count;
}

/** Lines that begin with "-", or with "*" and something else behind it: a "*" alone takes the next line with it. */
function bullets(text: string): number {
  const lines = text.split('\n');
  let stars = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!.trimStart();
    if (!line.startsWith('*') || line[1] === '*' || (line === '*' && index === lines.length - 1)) continue;
    stars += 1;
    if (line === '*') index += 1;
  }
  return stars + lines.filter((line) => line.trimStart().startsWith('-')).length;
}

function hasTitle(line: string): boolean {
  const open = line.indexOf('<<');
  const close = line.lastIndexOf('>>');
  return open !== -1 && close > open + 2 && stripped(line.slice(open, close), '<', '>').trim() !== '';
}

/** Without one kind of mark at each end. A loop: a pattern for the end of a text tries every run of marks. */
function stripped(text: string, opening: string, closing: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text[start] === opening) start += 1;
  while (end > start && text[end - 1] === closing) end -= 1;
  return text.slice(start, end);
}

/** Words as the Penn Treebank cuts them: "DON'T" and "CANNOT" are two, "WELL-KNOWN" is one. */
const treebankGaps = /[\s,:;@#$%&?!()[\]{}<>"]+|--|\.(?=\s*$)|n(?=['’]t\b)|(?=['’](?:s|m|d|ll|re|ve)\b)/i;

function capitalWords(text: string): number {
  return text.split(treebankGaps).filter((word) => /\p{Lu}/u.test(word) && word === word.toUpperCase())
    .length;
}

function atLeast(count: number, wanted: number, what: string): string | null {
  return count >= wanted ? null : `${count} ${what}, asked for at least ${wanted}`;
}
