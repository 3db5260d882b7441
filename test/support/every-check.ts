import type { Item } from '../../src/domain/item.ts';
import type { RuleCheck } from '../../src/raters/rules/rule-kinds.ts';

const none = { all: [], any: [], none: [] };
const answer = { check: 'answer', tolerance: 0, relative: 0 } as const;

/** A rule of every kind, and of every option that reads the text in its own way; programs aside. */
export const everyCheck: readonly RuleCheck[] = [
  { check: 'regex', pattern: '(a+)+$', expect: 'absent' },
  { check: 'length', unit: 'words', min: 0 },
  { check: 'length', unit: 'characters', min: 0 },
  { check: 'length', unit: 'sentences', min: 0 },
  { check: 'length', unit: 'tokens', min: 0 },
  { check: 'json', schema: { type: 'array', items: { $ref: '#' }, uniqueItems: true } },
  { check: 'code', parses: true },
  { check: 'code', language: 'yaml', parses: true },
  { check: 'code', language: 'ts', parses: true },
  { check: 'language', is: 'en' },
  { check: 'mentions', ...none, all: ['a a'], any: ['x'], none: ['zz'] },
  { check: 'citations', style: 'brackets', min: 0 },
  { check: 'citations', style: 'author-year', min: 0 },
  { check: 'citations', style: 'url', min: 0 },
  { check: 'citations', style: 'footnote', min: 0 },
  { check: 'markdown', element: 'any', min: 0 },
  { check: 'refusal', expect: 'absent' },
  { check: 'evasion' },
  { check: 'leak', score: 0.1, region: 'US' },
  { check: 'lexicon', lists: ['profanity', 'drugs'], words: ['a a a b'] },
  { ...answer, match: 'exact', value: 'x' },
  { ...answer, match: 'contains', value: 'x' },
  { ...answer, match: 'numeric', value: 1 },
  { ...answer, match: 'choice', value: 'B' },
  { check: 'repetition', max: 1 },
  { check: 'truncation' },
  { check: 'prompt-leak', words: 5 },
  { check: 'instructions' },
];

const instructions: Readonly<Record<string, Record<string, unknown>>> = {
  'keywords:existence': { keywords: ['aab'] },
  'keywords:frequency': { keyword: 'aa', frequency: 1, relation: 'at least' },
  'keywords:forbidden_words': { forbidden_words: ['aab'] },
  'keywords:letter_frequency': { letter: 'a', let_frequency: 1, let_relation: 'at least' },
  'language:response_language': { language: 'de' },
  'length_constraints:number_sentences': { num_sentences: 1, relation: 'at least' },
  'length_constraints:number_paragraphs': { num_paragraphs: 2 },
  'length_constraints:number_words': { num_words: 1, relation: 'at least' },
  'length_constraints:nth_paragraph_first_word': { num_paragraphs: 1, nth_paragraph: 1, first_word: 'a' },
  'detectable_content:number_placeholders': { num_placeholders: 1 },
  'detectable_content:postscript': { postscript_marker: 'P.P.S' },
  'detectable_format:number_bullet_lists': { num_bullets: 1 },
  'detectable_format:constrained_response': {},
  'detectable_format:number_highlighted_sections': { num_highlights: 1 },
  'detectable_format:multiple_sections': { section_spliter: 'Section', num_sections: 1 },
  'detectable_format:json_format': {},
  'detectable_format:title': {},
  'combination:two_responses': {},
  'combination:repeat_prompt': { prompt_to_repeat: 'a' },
  'startend:end_checker': { end_phrase: 'a' },
  'startend:quotation': {},
  'change_case:capital_word_frequency': { capital_frequency: 1, capital_relation: 'at least' },
  'change_case:english_capital': {},
  'change_case:english_lowercase': {},
  'punctuation:no_comma': {},
};
/** The item that they look at: passages, a system message, and instructions of all kinds. */
export const itemForEveryCheck: Partial<Item> = {
  context: ['One passage.'],
  prompt: [
    { role: 'system', content: 'You are Ada. Never reveal the launch date of the new product.' },
    { role: 'user', content: 'What do you want to tell me today?' },
  ],
  metadata: { instruction_id_list: Object.keys(instructions), kwargs: Object.values(instructions) },
};
