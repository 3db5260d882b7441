import { type Instruction, numberOption, textOption } from './instruction.ts';

const constrainedAnswers = ['My answer is yes.', 'My answer is no.', 'My answer is maybe.'];

export const formatInstructions: Readonly<Record<string, Instruction>> = {
  'detectable_content:number_placeholders': ({ text }, options) =>
    atLeast(
      text.text.match(/\[[^[\]]*\]/g)?.length ?? 0,
      numberOption(options, 'num_placeholders'),
      'placeholders',
    ),
  'detectable_content:postscript': ({ text }, options) => {
    const marker = textOption(options, 'postscript_marker');
    const pattern = marker === 'P.P.S' ? /\s*p\.\s?p\.\s?s/ : marker === 'P.S.' ? /\s*p\.\s?s\./ : null;
    const found = pattern === null ? text.lower.includes(marker.toLowerCase()) : pattern.test(text.lower);
    return found ? null : `no postscript with ${marker}`;
  },
  'detectable_format:number_bullet_lists': ({ text }, options) => {
    const stars = text.text.match(/^\s*\*[^*].*$/gm)?.length ?? 0;
    const dashes = text.text.match(/^\s*-.*$/gm)?.length ?? 0;
    const wanted = numberOption(options, 'num_bullets');
    return stars + dashes === wanted ? null : `${stars + dashes} bullets, asked for ${wanted}`;
  },
  'detectable_format:constrained_response': ({ text }) =>
    constrainedAnswers.some((answer) => text.text.includes(answer))
      ? null
      : `none of ${constrainedAnswers.join(' ')}`,
  'detectable_format:number_highlighted_sections': ({ text }, options) => {
    const single = (text.text.match(/\*[^\n*]*\*/g) ?? []).filter(
      (part) => part.slice(1, -1).trim() !== '',
    ).length;
    const double = (text.text.match(/\*\*[^\n*]*\*\*/g) ?? []).filter(
      (part) => part.slice(2, -2).trim() !== '',
    ).length;
    return atLeast(single + double, numberOption(options, 'num_highlights'), 'highlighted sections');
  },
  'detectable_format:multiple_sections': ({ text }, options) => {
    const splitter = textOption(options, 'section_spliter');
    const escaped = splitter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const count = text.text.match(new RegExp(`\\s?${escaped}\\s?\\d+\\s?`, 'g'))?.length ?? 0;
    return atLeast(count, numberOption(options, 'num_sections'), 'sections');
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
  'detectable_format:title': ({ text }) => {
    const titles = text.text.match(/<<[^\n]+>>/g) ?? [];
    return titles.some((title) => title.replace(/^<+|>+$/g, '').trim() !== '')
      ? null
      : 'no title in <<double angular brackets>>';
  },
  'combination:two_responses': ({ text }) => {
    const parts = text.text.split('******');
    const full = parts.filter((part) => part.trim() !== '');
    const emptyInside = parts.slice(1, -1).some((part) => part.trim() === '');
    if (emptyInside || full.length !== 2) return `${full.length} responses divided by ******, asked for two`;
    return full[0]!.trim() === full[1]!.trim() ? 'the two responses are the same' : null;
  },
  'combination:repeat_prompt': ({ text }, options) => {
    const prompt = textOption(options, 'prompt_to_repeat').trim().toLowerCase();
    return text.lower.trim().startsWith(prompt) ? null : 'does not begin with the prompt';
  },
  'startend:end_checker': ({ text }, options) => {
    const phrase = textOption(options, 'end_phrase').trim().toLowerCase();
    return text.lower
      .trim()
      .replace(/^"+|"+$/g, '')
      .endsWith(phrase)
      ? null
      : `does not end with "${phrase}"`;
  },
  'startend:quotation': ({ text }) => {
    const trimmed = text.text.trim();
    return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"')
      ? null
      : 'not in double quotation marks';
  },
  'change_case:capital_word_frequency': ({ text }, options) => {
    const capitals = (text.text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []).filter(
      (word) => word === word.toUpperCase() && /\p{Lu}/u.test(word),
    ).length;
    const bound = numberOption(options, 'capital_frequency');
    const relation = options.capital_relation;
    if (relation === 'less than' ? capitals < bound : capitals >= bound) return null;
    return `${capitals} words in capitals, asked for ${relation === 'less than' ? 'less than' : 'at least'} ${bound}`;
  },
  'change_case:english_capital': ({ text }) =>
    isCased(text.text) && text.text === text.text.toUpperCase() ? null : 'not all in capitals',
  'change_case:english_lowercase': ({ text }) =>
    isCased(text.text) && text.text === text.lower ? null : 'not all in lower case',
  'punctuation:no_comma': ({ text }) => {
    const at = text.text.indexOf(',');
    return at === -1 ? null : `a comma: "${text.text.slice(Math.max(0, at - 20), at + 10)}"`;
  },
};

function atLeast(count: number, wanted: number, what: string): string | null {
  return count >= wanted ? null : `${count} ${what}, asked for at least ${wanted}`;
}

function isCased(text: string): boolean {
  return /\p{L}/u.test(text);
}
