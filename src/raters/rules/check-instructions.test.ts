import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../../test/support/check-response.ts';

/** id, options, a response that follows and one that does not. */
const cases: readonly (readonly [string, Record<string, unknown>, string, string])[] = [
  ['keywords:existence', { keywords: ['alpha', 'beta'] }, 'Alpha, then beta.', 'Alpha only.'],
  ['keywords:frequency', { keyword: 'go', frequency: 2, relation: 'at least' }, 'go go', 'go'],
  ['keywords:forbidden_words', { forbidden_words: ['bad'] }, 'A badge is fine.', 'A bad idea.'],
  ['keywords:letter_frequency', { letter: 'z', let_frequency: 2, let_relation: 'less than' }, 'one z', 'zz'],
  [
    'language:response_language',
    { language: 'de' },
    'Das ist ein sehr schöner Tag für uns alle.',
    'This is a very nice day for all of us.',
  ],
  [
    'length_constraints:number_sentences',
    { num_sentences: 3, relation: 'less than' },
    'One. Two.',
    'One. Two. Three.',
  ],
  ['length_constraints:number_paragraphs', { num_paragraphs: 2 }, 'One\n***\nTwo', 'One'],
  ['length_constraints:number_words', { num_words: 3, relation: 'at least' }, 'one two three', 'one two'],
  [
    'length_constraints:nth_paragraph_first_word',
    { num_paragraphs: 2, nth_paragraph: 2, first_word: 'weekend' },
    'One.\n\n"Weekend, at last',
    'One.\n\nTwo.',
  ],
  ['detectable_content:number_placeholders', { num_placeholders: 2 }, '[name] at [place]', '[name]'],
  ['detectable_content:postscript', { postscript_marker: 'P.S.' }, 'Bye.\nP. S. More', 'Bye.'],
  ['detectable_format:number_bullet_lists', { num_bullets: 2 }, '* a\n- b', '* a'],
  ['detectable_format:constrained_response', {}, 'Hm. My answer is no.', 'No.'],
  ['detectable_format:number_highlighted_sections', { num_highlights: 2 }, '*a* and *b*', '*a* and b'],
  [
    'detectable_format:multiple_sections',
    { section_spliter: 'Section', num_sections: 2 },
    'Section 1\nx\nSection 2\ny',
    'Section 1',
  ],
  ['detectable_format:json_format', {}, '```json\n{"a": 1}\n```', '{"a": 1'],
  ['detectable_format:title', {}, '<<poem of joy>>\nJoy.', '<<>>\nJoy.'],
  ['combination:two_responses', {}, 'One\n******\nTwo', 'One\n******\nOne'],
  ['combination:repeat_prompt', { prompt_to_repeat: 'Say hi' }, 'say hi\nHi!', 'Hi!'],
  ['startend:end_checker', { end_phrase: 'Any questions?' }, 'So. any questions?"', 'Any questions? No.'],
  ['startend:quotation', {}, '"quoted"', 'not'],
  [
    'change_case:capital_word_frequency',
    { capital_frequency: 2, capital_relation: 'at least' },
    'THE END now',
    'THE end',
  ],
  ['change_case:english_capital', {}, 'ALL BIG.', 'All big.'],
  ['change_case:english_lowercase', {}, 'all small.', 'All small.'],
  ['punctuation:no_comma', {}, 'none here', 'one, here'],
];

describe('IFEval instructions', () => {
  it.each(cases)('%s', async (id, kwargs, follows, breaks) => {
    const item = { metadata: { instruction_id_list: [id], kwargs: [kwargs] } };
    expect(await checkResponse({ check: 'instructions' }, follows, item)).toMatchObject([
      { part: id, pass: true },
    ]);
    expect(await checkResponse({ check: 'instructions' }, breaks, item)).toMatchObject([
      { part: id, pass: false },
    ]);
  });

  // where a reading of one's own would differ from IFEval's
  it.each([
    ['detectable_content:number_placeholders', { num_placeholders: 1 }, '[a [b]', '[over\ntwo lines]'],
    ['detectable_format:number_bullet_lists', { num_bullets: 1 }, '*\n* takes the next line', '**bold**'],
    ['detectable_format:number_bullet_lists', { num_bullets: 2 }, '- a\r\n---', '- a'],
    ['detectable_format:title', {}, '<<<a> >>', '<<a\n>>'],
    [
      'detectable_format:multiple_sections',
      { section_spliter: ' Section ', num_sections: 2 },
      'Section1 Section 2',
      'section 1 section 2',
    ],
    ['length_constraints:number_paragraphs', { num_paragraphs: 2 }, '***\na\n***\nb\n***', 'a\n***\n***\nb'],
    [
      'length_constraints:nth_paragraph_first_word',
      { num_paragraphs: 1, nth_paragraph: 1, first_word: "Don't" },
      "'Don't go.",
      '\n\nDon’t go.',
    ],
    [
      'length_constraints:nth_paragraph_first_word',
      { num_paragraphs: 2, nth_paragraph: 2, first_word: 'b' },
      'a\n\nb!c',
      'a\n\n\n\nb',
    ],
    [
      'length_constraints:number_sentences',
      { num_sentences: 2, relation: 'less than' },
      'A heading\n\n- Mr. Smith left',
      'One! Two',
    ],
    ['length_constraints:number_words', { num_words: 3, relation: 'at least' }, "it's so", 'it-s'],
    [
      'keywords:frequency',
      { keyword: ' go ', frequency: 1, relation: 'at least' },
      'ago',
      'gone'.replace('go', ''),
    ],
    [
      'keywords:letter_frequency',
      { letter: '#', let_frequency: 1, let_relation: 'less than' },
      'none',
      '# one',
    ],
    [
      'change_case:capital_word_frequency',
      { capital_frequency: 2, capital_relation: 'at least' },
      "DON'T",
      'WELL-KNOWN',
    ],
    [
      'change_case:capital_word_frequency',
      { capital_frequency: 2, capital_relation: 'less than' },
      'the U.S.A. only',
      'NASA, ESA',
    ],
    ['change_case:english_capital', {}, 'THE WEATHER IS NICE TODAY AND WE ALL GO OUT.', '你好吗'],
    [
      'change_case:english_lowercase',
      {},
      'the weather is nice today and we all go out.',
      'das wetter ist heute schön und wir gehen alle hinaus.',
    ],
    ['startend:end_checker', { end_phrase: 'Bye. ' }, 'So, bye.""', 'So, bye. x'],
    ['combination:two_responses', {}, '******a******b******', 'a******\n******b'],
    ['combination:repeat_prompt', { prompt_to_repeat: 'Say hi ' }, ' say hi there', 'I say hi'],
    [
      'language:response_language',
      { language: 'pt-BR' },
      'O tempo está muito bom hoje e vamos todos passear.',
      'The weather is very nice today, we all go out.',
    ],
    ['punctuation:no_comma', {}, 'a、b，c', ''],
  ] as const)('reads %s as IFEval does', async (id, kwargs, follows, breaks) => {
    const item = { metadata: { instruction_id_list: [id], kwargs: [kwargs] } };
    expect(await checkResponse({ check: 'instructions' }, follows, item)).toMatchObject([{ pass: true }]);
    expect(await checkResponse({ check: 'instructions' }, breaks, item)).toMatchObject([{ pass: false }]);
  });

  it.each([
    ['keywords:frequency', { keyword: 'go', frequency: 2, relation: 'at most' }],
    ['keywords:frequency', { keyword: 'go', frequency: 2 }],
    ['keywords:frequency', { keyword: 'go', frequency: -1, relation: 'at least' }],
    ['keywords:letter_frequency', { letter: 'ab', let_frequency: 2, let_relation: 'at least' }],
    ['length_constraints:nth_paragraph_first_word', { num_paragraphs: 1, nth_paragraph: 2, first_word: 'a' }],
    ['language:response_language', { language: 'sw' }],
    ['keywords:existence', { keywords: [] }],
  ] as const)('does not judge by %s %j', async (id, kwargs) => {
    const item = { metadata: { instruction_id_list: [id], kwargs: [kwargs] } };
    expect(await checkResponse({ check: 'instructions' }, 'go', item)).toEqual([]);
  });

  it('leaves out what it does not know or cannot read, and judges the rest', async () => {
    const item = {
      metadata: {
        instruction_id_list: ['new:thing', 'keywords:frequency', 'punctuation:no_comma'],
        kwargs: [{}, { keyword: null }, null],
      },
    };
    expect(await checkResponse({ check: 'instructions' }, 'a, b', item)).toMatchObject([
      { part: 'punctuation:no_comma', pass: false, reason: 'a comma: "a, b"' },
    ]);
  });
});
