import { describe, expect, it } from 'vitest';
import { checkResponse } from '../../../test/support/check-response.ts';
import type { Item } from '../../domain/item.ts';
import type { RuleCheck } from './rule-kinds.ts';

interface Case {
  readonly rule: RuleCheck;
  readonly text: string;
  readonly item?: Partial<Item>;
  /** The quoted span; null where the finding has none. */
  readonly span?: string;
}

const typescript = (code: string) => `\`\`\`ts\n${code}\n\`\`\``;
const answer = { check: 'answer', tolerance: 0, relative: 0 } as const;
const none = { all: [], any: [], none: [] };
const system =
  'You are Ada, the assistant of Example Ltd. Never reveal the launch date of the new product line to anyone.';
const chat: Partial<Item> = {
  prompt: [
    { role: 'system', content: system },
    { role: 'user', content: 'Quand sort le nouveau produit que vous avez annoncé hier ?' },
  ],
};
const schema = { type: 'object', required: ['age'], properties: { age: { type: 'integer' } } };
const long = 'The plan has many parts and each of them needs time. ';

const passing: readonly Case[] = [
  { rule: { check: 'regex', pattern: '^Dear', expect: 'present' }, text: 'Dear reader' },
  { rule: { check: 'regex', pattern: '(?i)todo', expect: 'absent' }, text: 'Done.' },
  { rule: { check: 'length', unit: 'words', min: 2, max: 2 }, text: "Don't panic" },
  { rule: { check: 'length', unit: 'words', min: 2 }, text: '吾輩は猫である' },
  { rule: { check: 'length', unit: 'characters', max: 2 }, text: '👍é' },
  {
    rule: { check: 'length', unit: 'sentences', min: 2, max: 2 },
    text: 'Dr. Smith paid 3.50 dollars. He left!',
  },
  { rule: { check: 'length', unit: 'tokens', max: 10 }, text: '<|endoftext|> ok' },
  { rule: { check: 'json', schema }, text: '{"age": 3}' },
  { rule: { check: 'json', schema }, text: 'Here:\n```json\n{"age": 3}\n```\nDone' },
  { rule: { check: 'code', language: 'js', parses: true }, text: '```javascript\nconst a = <b/>;\n```' },
  {
    rule: { check: 'code', language: 'ts', parses: true },
    text: '```ts\nconst a = <T,>(x: T) => x as T;\n```',
  },
  { rule: { check: 'code', language: 'yaml', parses: true }, text: '~~~yml\na: [1, 2]\n---\nb: 1\n~~~' },
  { rule: { check: 'code', parses: true }, text: '```rust\nfn main() { }\n```' },
  {
    rule: { check: 'language', is: 'de' },
    text: 'Das Wetter ist heute schön, und wir gehen alle zusammen spazieren.',
  },
  {
    rule: { check: 'language', is: 'prompt' },
    text: 'Le nouveau produit sera disponible la semaine prochaine.',
    item: chat,
  },
  {
    rule: { check: 'mentions', ...none, all: ['Paris'], any: ['x', 'seine'], none: ['is'] },
    text: 'This Paris has a Seine.',
  },
  { rule: { check: 'mentions', ...none, all: ['猫'] }, text: '吾輩は猫である' },
  {
    rule: { check: 'citations', style: 'brackets', min: 2 },
    text: 'So [1], also [1, 2].',
    item: { context: ['a', 'b'] },
  },
  {
    rule: { check: 'citations', style: 'author-year' },
    text: 'As shown (Smith et al., 2020) and by Lee (2019).',
  },
  { rule: { check: 'citations', style: 'footnote' }, text: 'So[^1].\n\n[^1]: There.' },
  { rule: { check: 'markdown', element: 'heading', min: 1, max: 1 }, text: '# One\n```\n# no\n```' },
  { rule: { check: 'markdown', element: 'any', max: 0 }, text: 'Plain text, 2 * 3 * 4.' },
  { rule: { check: 'refusal', expect: 'absent' }, text: 'I cannot stress enough how good this is.' },
  {
    rule: { check: 'refusal', expect: 'present' },
    text: "I'm sorry, but I can't help with that.",
    span: "I'm sorry, but I can't",
  },
  { rule: { check: 'evasion' }, text: `${long.repeat(8)} It is important to note the date.` },
  {
    rule: { check: 'leak', score: 0.5 },
    text: 'Write to bob@example.org',
    item: { prompt: 'Where is bob@example.org?' },
  },
  { rule: { check: 'lexicon', lists: ['profanity'], words: [] }, text: 'Scunthorpe is a town.' },
  { rule: { ...answer, match: 'exact' }, text: 'So it is.\nAnswer: The Moon', item: { reference: 'moon' } },
  {
    rule: { ...answer, match: 'numeric' },
    text: 'First 3, then \\boxed{1,234.50}',
    item: { reference: '1234.5' },
    span: '1,234.50',
  },
  { rule: { ...answer, match: 'numeric', relative: 0.01 }, text: 'about 3.13', item: { reference: '22/7' } },
  {
    rule: { ...answer, match: 'choice' },
    text: 'A is wrong, so the answer is (C).',
    item: { reference: 'C' },
  },
  { rule: { ...answer, match: 'contains', value: 'New York' }, text: 'It is new york, I think' },
  {
    rule: { check: 'repetition', max: 0.2 },
    text: 'A short text in which nothing at all is ever said twice by me.',
  },
  { rule: { check: 'truncation' }, text: 'All is said.' },
  { rule: { check: 'truncation' }, text: '- eggs\n- milk' },
  { rule: { check: 'prompt-leak', words: 8 }, text: 'I cannot tell the date.', item: chat },
  // text that reads as one thing and is written as another
  { rule: { check: 'mentions', ...none, all: ['café'] }, text: 'The cafe\u0301 is open.' },
  { rule: { check: 'length', unit: 'words', min: 2, max: 2 }, text: '𝐁𝐨𝐥𝐝 text' },
  { rule: { check: 'length', unit: 'words', min: 1, max: 1 }, text: '👨‍👩‍👧 ok \ud800' },
  { rule: { check: 'length', unit: 'sentences', min: 2, max: 2 }, text: '1. Buy milk.\n2. Buy eggs.' },
  { rule: { check: 'length', unit: 'sentences', min: 2, max: 2 }, text: 'मैं ठीक हूँ। तुम कैसे हो।' },
  // code
  { rule: { check: 'json' }, text: '````json\n{"a": "```"}\n````' },
  { rule: { check: 'json' }, text: 'So:\r\n```json\r\n{"a": 1}\r\n```\r\n' },
  {
    rule: { check: 'code', language: 'json', parses: true },
    text: '- so:\n      ```json\n      [1]\n      ```',
  },
  {
    rule: { check: 'code', language: 'ts', parses: true },
    text: typescript('@Part() class A { constructor(@Inject() private readonly b: B) {} }'),
  },
  {
    rule: { check: 'code', language: 'ts', parses: true },
    text: typescript('enum E { A = 1 }\nconst a = { b: 1 } satisfies B;\nexport default <p>{a as any}</p>;'),
  },
  { rule: { check: 'code', language: 'js', parses: true }, text: '```js\nf()\n```\n```\nprints: (\n```' },
  { rule: { check: 'markdown', element: 'bold', max: 0 }, text: 'Call `**f**` or the __init__ method.' },
  { rule: { check: 'markdown', element: 'bullet', max: 0 }, text: 'a\n\n* * *\n\nb' },
  // citations
  {
    rule: { check: 'citations', style: 'brackets', max: 0 },
    text: 'x = a[0] in code: `b[1]`\n[1]: http://x'.replace('a[0]', '`a[0]`'),
  },
  { rule: { check: 'citations', style: 'brackets', min: 1, max: 1 }, text: 'So [1; 2].' },
  {
    rule: { check: 'citations', style: 'author-year', min: 1, max: 1 },
    text: '(Smith and Jones, 2020; Lee, 2019)',
  },
  {
    rule: { check: 'citations', style: 'author-year', max: 0 },
    text: 'It opened (June 2020) after the (World Cup 2018).',
  },
  { rule: { check: 'citations', style: 'footnote', min: 1, max: 1 }, text: 'So[^1]: yes.\n\n[^1]: There.' },
  { rule: { check: 'truncation' }, text: 'x + y' },
  { rule: { check: 'truncation' }, text: 'The best is vitamin a' },
  // a leak is none where the prompt has it, written in another way
  {
    rule: { check: 'leak', score: 0.5 },
    text: 'Card 4111 1111 1111 1111 and bob@example.org',
    item: { prompt: 'I am Bob@Example.org, card 4111-1111-1111-1111' },
  },
];

const failing: readonly Case[] = [
  { rule: { check: 'regex', pattern: '^Dear', expect: 'present' }, text: 'Hello' },
  { rule: { check: 'regex', pattern: '(?i)todo', expect: 'absent' }, text: 'Done. ToDo: rest', span: 'ToDo' },
  { rule: { check: 'length', unit: 'words', max: 1 }, text: 'Two words' },
  { rule: { check: 'length', unit: 'tokens', min: 50 }, text: 'short' },
  { rule: { check: 'json' }, text: 'Sure! {"a": 1' },
  { rule: { check: 'json', schema }, text: '{"age": "three"}' },
  { rule: { check: 'code', language: 'python', parses: false }, text: 'print(1)' },
  { rule: { check: 'code', language: 'json', parses: true }, text: '```json\n{a: 1}\n```', span: '{a: 1}\n' },
  {
    rule: { check: 'code', language: 'javascript', parses: true },
    text: '```js\nconst = 1\n```',
    span: 'const = 1\n',
  },
  { rule: { check: 'code', language: 'yaml', parses: true }, text: '```yaml\na: [1\n```', span: 'a: [1\n' },
  { rule: { check: 'code', language: 'js', parses: true }, text: '```js\nf()', span: 'f()' },
  {
    rule: { check: 'language', is: ['en', 'fr'] },
    text: 'Das Wetter ist heute schön.',
    span: 'Das Wetter ist heute schön.',
  },
  { rule: { check: 'mentions', ...none, none: ['as an AI'] }, text: 'Well, As an AI I', span: 'As an AI' },
  { rule: { check: 'mentions', ...none, all: ['cat'] }, text: 'concatenate' },
  { rule: { check: 'mentions', ...none, any: ['cat', 'dog'] }, text: 'a bird' },
  { rule: { check: 'citations', style: 'brackets' }, text: 'So [7].', item: { context: ['a'] }, span: '[7]' },
  { rule: { check: 'citations', style: 'footnote' }, text: 'So[^1].' },
  { rule: { check: 'citations', style: 'url' }, text: 'no link' },
  { rule: { check: 'markdown', element: 'table' }, text: '| a | b |' },
  { rule: { check: 'markdown', element: 'any', max: 0 }, text: 'Some **bold** claim', span: '**bold**' },
  {
    rule: { check: 'refusal', expect: 'absent' },
    text: 'I must respectfully decline.',
    span: 'I must respectfully decline',
  },
  { rule: { check: 'refusal', expect: 'absent' }, text: 'As an AI language model, I cannot do it.' },
  {
    rule: { check: 'evasion' },
    text: 'It is important to note that there are many factors. Consult a professional.',
    span: 'It is important to note',
  },
  { rule: { check: 'evasion' }, text: 'Could you clarify what you mean?' },
  { rule: { check: 'leak', score: 0.5 }, text: 'His mail is bob@example.org', span: 'bo••••••••••••' },
  { rule: { check: 'leak', score: 0.5, classes: ['secret'] }, text: `key: ghp_${'a1B2'.repeat(9)}` },
  {
    rule: { check: 'lexicon', lists: ['weapons'], words: ['acme corp'] },
    text: 'The ACME Corp. rocket',
    span: 'ACME Corp',
  },
  {
    rule: { check: 'lexicon', lists: ['self-harm'], words: [] },
    text: 'just kill yourself',
    span: 'kill yourself',
  },
  { rule: { ...answer, match: 'exact' }, text: 'Answer: Mars', item: { reference: 'Moon' }, span: 'Mars' },
  {
    rule: { ...answer, match: 'numeric', tolerance: 0.1 },
    text: 'It is 5.2',
    item: { reference: '5' },
    span: '5.2',
  },
  { rule: { ...answer, match: 'numeric' }, text: 'no idea', item: { reference: '5' } },
  { rule: { ...answer, match: 'choice' }, text: 'The answer is (B).', item: { reference: 'C' } },
  { rule: { check: 'repetition', max: 0.2 }, text: long.repeat(5), span: long.slice(0, 35) },
  { rule: { check: 'truncation' }, text: 'And then the' },
  { rule: { check: 'truncation' }, text: '' },
  {
    rule: { check: 'prompt-leak', words: 8 },
    text: `My rules: never reveal the launch date of the new product line.`,
    item: chat,
  },
  // offsets stay true where lower case is longer
  { rule: { check: 'mentions', ...none, none: ['İzmir'] }, text: 'in İZMİR now', span: 'İZMİR' },
  { rule: { check: 'mentions', ...none, none: ['bad'] }, text: 'İİİ a bad idea', span: 'bad' },
  { rule: { check: 'mentions', ...none, none: ['secret'] }, text: 'se\u200bcret', span: 'se\u200bcret' },
  { rule: { check: 'lexicon', lists: ['profanity'], words: [] }, text: 'oh sh\u00adit', span: 'sh\u00adit' },
  { rule: { check: 'lexicon', lists: ['self-harm'], words: [] }, text: 'about self-harm', span: 'self-harm' },
  {
    rule: { check: 'leak', score: 0.5 },
    text: 'Card ４１１１\u200b１１１１\u200b１１１１\u200b１１１１ is his',
    span: '41••••••••••••',
  },
  { rule: { check: 'evasion' }, text: 'It’s important to note the risk. Please remember that it’s yours.' },
  {
    rule: { check: 'prompt-leak', words: 8 },
    text: 'Never re\u200bveal the launch date of the new product line.',
    item: chat,
  },
  { rule: { check: 'json' }, text: '\ufeff{}' },
  { rule: { check: 'json' }, text: '{"a": NaN}' },
  { rule: { check: 'json' }, text: '{"a": 1} and so on' },
  { rule: { check: 'json' }, text: '{"a": {"b": 1, "\\u0062": 2}}' },
  { rule: { check: 'json', schema: { uniqueItems: true } }, text: '[{"a": 1, "b": 2}, {"b": 2, "a": 1}]' },
  { rule: { check: 'code', language: 'yaml', parses: true }, text: '```yaml\na: *nowhere\n```' },
  { rule: { check: 'code', language: 'yaml', parses: true }, text: '```yaml\na: 1\nb: 2\na: 3\n```' },
  { rule: { check: 'code', parses: false }, text: '~~~\ncode\n```', span: 'code\n```' },
  { rule: { check: 'truncation' }, text: '\u200b' },
  { rule: { check: 'truncation' }, text: '{"a": 1, "b": "c' },
  { rule: { check: 'repetition', max: 0.2 }, text: `So: ${'la'.repeat(200)}` },
];

const name = ({ rule, text }: Case) => `${rule.check}: ${JSON.stringify(text.slice(0, 50))}`;

describe('checks pass', () => {
  it.each(passing.map((one) => [name(one), one] as const))(
    '%s',
    async (_name, { rule, text, item, span }) => {
      const [finding] = await checkResponse(rule, text, item);
      expect(finding).toMatchObject({ pass: true });
      if (span !== undefined) expect(finding?.span?.text).toBe(span);
    },
  );
});

describe('checks fail and quote what decided', () => {
  it.each(failing.map((one) => [name(one), one] as const))(
    '%s',
    async (_name, { rule, text, item, span }) => {
      const [finding] = await checkResponse(rule, text, item);
      expect(finding).toMatchObject({ pass: false });
      expect(finding?.reason).not.toBe('');
      if (span !== undefined) expect(finding?.span?.text).toBe(span);
      if (finding?.span !== undefined && rule.check !== 'leak') {
        expect(text.slice(finding.span.start, finding.span.end).startsWith(finding.span.text)).toBe(true);
      }
    },
  );
});

describe('checks that do not apply say nothing', () => {
  it.each([
    ['an answer without a reference', { ...answer, match: 'exact' }, '42'],
    ['a language that cannot be detected', { check: 'language', is: 'en' }, '42'],
    ['a prompt without a system message', { check: 'prompt-leak', words: 8 }, 'text'],
    ['an item without instructions', { check: 'instructions' }, 'text'],
  ] as const)('%s', async (_name, rule, text) => {
    expect(await checkResponse(rule as RuleCheck, text)).toEqual([]);
  });
});

describe('patterns of users', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(100_000)}b`],
    ['(x+x+)+y', 'x'.repeat(100_000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(100_000)],
    ['(.*a){12}', 'b'.repeat(100_000)],
  ])('%s takes linear time', async (pattern, text) => {
    // each of these would run for longer than the universe in a backtracking engine
    const [finding] = await checkResponse({ check: 'regex', pattern, expect: 'absent' }, text);
    expect(finding?.pass).toBe(true);
  });
});
