import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import type { Mistake } from '../../domain/errors.ts';
import { checkYaml } from './check-value.ts';
import { readYamlFile } from './yaml-file.ts';

const schema = z.strictObject({
  rules: z.array(
    z.discriminatedUnion('check', [
      z.strictObject({ check: z.literal('regex'), pattern: z.string() }),
      z.strictObject({ check: z.literal('length'), min: z.int().min(1), unit: z.enum(['words', 'tokens']) }),
    ]),
  ),
});

async function mistakesIn(text: string): Promise<string[]> {
  const mistakes: Mistake[] = [];
  const file = join(tempFolder({ 'f.yaml': text }), 'f.yaml');
  checkYaml((await readYamlFile(file, mistakes))!, schema, mistakes);
  return mistakes.map(({ line, column, message, hint }) => `${line}:${column} ${message} (${hint ?? ''})`);
}

test('explains the alternative that the author started', async () => {
  expect(
    await mistakesIn('rules:\n  - check: lenght\n  - check: length\n    mim: 3\n    unit: word\n  - {}\n'),
  ).toEqual([
    '2:12 rules[0].check must be one of regex, length, received "lenght" (did you mean "length"?)',
    '3:5 rules[1].min is missing; expected a number ()',
    '5:11 rules[1].unit must be one of words, tokens, received "word" (did you mean "words"?)',
    '4:5 "mim" is not a key of rules[1] (did you mean "min"?)',
    '6:5 rules[2].check is missing; expected one of regex, length ()',
  ]);
});

test('suggests no keys of other alternatives', async () => {
  expect(await mistakesIn('rules:\n  - check: regex\n    pattern: a\n    zzzzzz: 1\n')).toEqual([
    '4:5 "zzzzzz" is not a key of rules[0] (keys here: check, pattern)',
  ]);
});

test.each([
  'rules:\n  - description: Is it useful: yes or no?\n',
  'rules: Note: keep it short\n',
  'rules: @home\n',
  'rules: `code`\n',
  'rules: "quoted" and more\n',
  'rules: *starred text\n',
])('text that YAML takes for syntax is answered with "must be quoted": %j', async (text) => {
  const mistakes: Mistake[] = [];
  await readYamlFile(join(tempFolder({ 'f.yaml': text }), 'f.yaml'), mistakes);
  expect(mistakes.map(({ hint }) => hint).join('\n')).toContain('must be quoted');
  expect(mistakes[0]!.message).not.toContain('parseAllDocuments');
});
