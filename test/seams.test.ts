import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * A new part touches its own file, the table that its kind has, its docs and its tests. An id that the sources name in
 * any other place would be one more place to edit.
 */
const root = fileURLToPath(new URL('../src/', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(`${root}${file}`, 'utf8') }));

/** Files that name an id: as a string, or as the key of an object. */
function filesNaming(id: string): readonly string[] {
  const name = new RegExp(`['"\`]${id}['"\`]|(?<![\\w.'-])${id}:|^ +${id},$`, 'm');
  return sources
    .filter(({ text }) => name.test(text))
    .map(({ file }) => file)
    .sort();
}

describe('a trigger is named only by its definition and the table of measurements', () => {
  test.each(['judge_drift', 'new_pairs'])('%s', (id) => {
    expect(filesNaming(id)).toEqual(['domain/loop.ts', 'loop/triggers/assess-triggers.ts']);
  });
});

describe('an export format is named only by its own file, the list of names and the table of formats', () => {
  test.each([
    ['llama-factory', 'llama-factory.ts'],
    ['bedrock', 'bedrock.ts'],
  ])('%s', (id, own) => {
    expect(filesNaming(id)).toEqual(
      ['domain/export-spec.ts', `datasets/formats/${own}`, 'datasets/formats/index.ts'].sort(),
    );
  });
});

describe('a rule is named only by its own file', () => {
  test.each([
    ['prompt-leak', 'check-prompt-leak.ts'],
    ['truncation', 'check-truncation.ts'],
    ['lexicon', 'check-lexicon.ts'],
  ])('%s', (id, own) => {
    // other rooms may use the same word for something else
    const kinds = filesNaming(id).filter((file) => /rule|rubric/.test(file));
    expect(kinds).toEqual([`raters/rules/${own}`]);
  });
});
