import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { InputError } from '../domain/errors.ts';
import { readItems } from './items.ts';

const good = (id: string) => JSON.stringify({ id, prompt: 'Q', candidates: [{ id: 'a', text: 'A' }] });

/** Reads these lines; the message of the error, or the ids of the items. */
async function read(lines: readonly string[]): Promise<{ readonly ids: string[]; readonly message: string }> {
  const file = join(tempFolder(), 'items.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  const ids: string[] = [];
  try {
    for await (const { id } of readItems(file)) ids.push(id);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ids, message: [error.message, error.hint ?? ''].join('\n').replaceAll(file, 'items') };
  }
  return { ids, message: '' };
}

describe('readItems', () => {
  it('names every line that cannot be used, by kind, and yields nothing after the first', async () => {
    const { ids, message } = await read([
      good('1'),
      '{"id":"2"',
      good('3'),
      '[]',
      good('1'),
      '{"id":"6","prompt":"Q","candidates":[]}',
      '{"id":"7"',
      '{"id":"8","prompt":"Q","candidates":["A","B"]}',
    ]);
    expect(ids).toEqual(['1']);
    expect(message).toContain('items: 6 lines cannot be used');
    for (const line of [2, 4, 5, 6, 7, 8]) expect(message).toMatch(new RegExp(`items:${line}\\b`));
    expect(message).toContain('also items:7');
    expect(message).toContain('item id "1" is already used on line 1');
  });

  it('counts what it does not name', async () => {
    const { message } = await read([good('1'), ...Array.from({ length: 100 }, () => '{')]);
    expect(message).toContain('100 lines cannot be used');
    expect(message).toContain('items:21');
    expect(message).not.toContain('items:22');
    expect(message).toContain('and 80 more lines');
  });

  it('reports a single mistake as itself', async () => {
    const { message } = await read([good('1'), '{"id":"2","prompt":"Q","candidates":[]}']);
    expect(message).toMatch(/^items:2: item "2" has no candidates/);
  });

  it('gives up on a file without a single item', async () => {
    const { message } = await read(Array.from({ length: 5000 }, () => 'no JSON'));
    expect(message).toContain('1000 lines cannot be used');
  });

  it.each(['messages', 'conversations', 'question', 'instruction', 'input'])(
    'names an item with %s and without a prompt',
    async (key) => {
      const value = key.endsWith('s') ? [{ role: 'user', content: 'Hello' }] : 'Hello';
      const { message } = await read([
        JSON.stringify({ id: 'x', [key]: value, candidates: [{ id: 'a', text: 'A' }] }),
      ]);
      expect(message).toContain(`item "x" has "${key}" but no "prompt"`);
      expect(message).toContain(`rename "${key}" to "prompt"`);
    },
  );

  it.each([
    { chosen: 'A', rejected: 'B' },
    { output_1: 'A', output_2: 'B' },
    { response: 'A' },
    { responses: ['A', 'B'] },
  ])('names the responses of another format: %j', async (responses) => {
    const { message } = await read([JSON.stringify({ id: 'x', prompt: 'Q', ...responses })]);
    expect(message).toContain('but no "candidates"');
    expect(message).toContain('write "candidates": [');
  });
});
