import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { InputError } from '../domain/errors.ts';
import { type JsonElementsOptions, readJsonElements } from './read-json-elements.ts';

const folder = tempFolder();

async function read(text: string, options: JsonElementsOptions = { arrays: [''] }, name = 'a.json') {
  const file = join(folder, name);
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  const found: { line: number; value: unknown }[] = [];
  for await (const { line, text: one } of readJsonElements(file, options))
    found.push({ line, value: JSON.parse(one) });
  return found;
}

describe('readJsonElements', () => {
  it('yields the elements of a list with their lines', async () => {
    expect(await read('\uFEFF[\r\n {"a": "]}\\"\\n"},\r\n\n 5, "x", [1,\n2], null\n]')).toEqual([
      { line: 2, value: { a: ']}"\n' } },
      { line: 4, value: 5 },
      { line: 4, value: 'x' },
      { line: 4, value: [1, 2] },
      { line: 5, value: null },
    ]);
    expect(await read('[{"a":1}]', { arrays: [''] }, 'a.json.gz')).toEqual([{ line: 1, value: { a: 1 } }]);
  });

  it('yields the elements of named lists, and reports scalars on the way', async () => {
    const scalars: Record<string, unknown> = {};
    const text = JSON.stringify({
      evalId: 'e1',
      results: { prompts: [{ a: [1] }], version: 3, results: [{ n: 1 }, { n: 2 }] },
      meta: { 'a.b': true },
    });
    const found = await read(text, {
      arrays: ['results.results'],
      onScalar: (path, value) => {
        scalars[path] = JSON.parse(value);
      },
    });
    expect(found.map(({ value }) => value)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(scalars).toMatchObject({ evalId: 'e1', 'results.version': 3, 'meta.a.b': true });
  });

  it('yields what was written, for any chunking of the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), async (values) => {
        expect((await read(JSON.stringify(values, null, 1))).map(({ value }) => value)).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      }),
      { seed: 1, numRuns: 60 },
    );
    const long = Array.from({ length: 5000 }, (_, index) => ({ index, text: `é${'x'.repeat(index % 300)}` }));
    expect((await read(JSON.stringify(long))).map(({ value }) => value)).toEqual(long);
  });

  it.each(['[{"a":1}', '[{"a":"1}]', '{"a":}}', '[] []', '}', ','])('refuses %j', async (text) => {
    await expect(read(text)).rejects.toThrow(InputError);
  });
});
