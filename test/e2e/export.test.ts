import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { itemOf, preferenceOf } from '../support/dataset-parts.ts';
import { tempFolder } from '../support/temp-folder.ts';

const run = promisify(execFile);
let folder: string;
beforeEach(async () => {
  folder = tempFolder();
  const items = [1, 2, 3, 4].map((number) => itemOf(number));
  const jsonl = (records: readonly unknown[]) =>
    records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFile(join(folder, 'items.jsonl'), jsonl(items));
  await writeFile(
    join(folder, 'preferences.jsonl'),
    jsonl(items.map((item) => preferenceOf(item.id, 'a', 'b'))),
  );
});

async function quorate(
  ...args: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const cli = join(import.meta.dirname, '../../bin/quorate.js');
  try {
    return { code: 0, ...(await run(process.execPath, [cli, ...args], { cwd: folder })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

const inputs = ['--preferences', 'preferences.jsonl', '--items', 'items.jsonl'];

describe('quorate export', () => {
  it('writes a folder, says what it holds, and will not write over it', async () => {
    const first = await quorate('export', ...inputs, '--out', 'data');
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toContain('data: train 4 (trl, jsonl)');
    expect((await readdir(join(folder, 'data'))).sort()).toEqual([
      'README.md',
      'manifest.json',
      'refused.jsonl',
      'train.jsonl',
      'train.meta.jsonl',
      'trl-dpo.yaml',
    ]);
    const again = await quorate('export', ...inputs, '--out', 'data');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--overwrite');
  });

  it('says what changed since an earlier version', async () => {
    await quorate('export', ...inputs, '--out', 'old');
    const flipped = [
      preferenceOf('item-1', 'b', 'a'),
      preferenceOf('item-2', 'a', 'b'),
      preferenceOf('item-3', 'a', 'c'),
    ];
    await writeFile(
      join(folder, 'preferences.jsonl'),
      flipped.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
    const { stdout } = await quorate('export', ...inputs, '--out', 'new', '--diff', 'old');
    expect(JSON.parse(stdout)).toMatchObject({ added: 1, removed: 2, flipped: 1, moved: 0, unchanged: 1 });
  });

  it('exits 1 on a failed MUST rule and leaves nothing behind', async () => {
    const divided = [1, 2].map((number) =>
      preferenceOf(`item-${number}`, 'a', 'b', {
        votes: { for_chosen: 1, for_rejected: 1, tie: 0, abstain: 0, error: 0, flipped: 0 },
      }),
    );
    await writeFile(
      join(folder, 'preferences.jsonl'),
      divided.map((record) => `${JSON.stringify(record)}\n`).join(''),
    );
    const { code, stderr } = await quorate('export', ...inputs, '--out', 'data');
    expect(code).toBe(1);
    expect(stderr).toContain('--allow consistency');
    expect((await readdir(folder)).sort()).toEqual(['items.jsonl', 'preferences.jsonl']);
  });

  it.each([
    [['--kind', 'dpo'], /--kind must be one of preference/],
    [['--splits', 'train=0.9,test=0.2'], /add up to 1/],
    [['--splits', 'train=1,train=1'], /each name once, received "train=1,train=1"/],
    [['--splits', 'train'], /for example --splits train=0\.9/],
    [['--splits', 'refused=1'], /"refused" is reserved/],
    [['--shares', 'crowd=1'], /"crowd" is not a key of --shares/],
    [['--seed', 'one'], /--seed must be a number, received "one"/],
    [['--min-probability', '2'], /--min-probability must be at most 1, received 2/],
    [['--kind', 'rag'], /--gaps must name the knowledge gaps/],
    [['--format', 'csv'], /--format must be one of/],
  ])('refuses %j with exit 2', async (flags, message) => {
    const { code, stderr } = await quorate('export', ...inputs, '--out', 'data', ...flags);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('names the line of a broken preference', async () => {
    await writeFile(
      join(folder, 'preferences.jsonl'),
      '{"item":"item-1","chosen":"a","rejected":"a","status":"accepted","probability":0.9}\n',
    );
    const { code, stderr } = await quorate('export', ...inputs, '--out', 'data');
    expect(code).toBe(2);
    expect(stderr).toContain('preferences.jsonl:1:');
    expect((await readdir(folder)).sort()).toEqual(['items.jsonl', 'preferences.jsonl']);
  });
});
