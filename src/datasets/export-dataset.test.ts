import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportOf, itemOf, preferenceOf, rowsOf } from '../../test/support/dataset-parts.ts';
import { tempFolder } from '../../test/support/temp-folder.ts';
import { findRow } from './find-row.ts';
import { openTargetFolder } from './target-folder.ts';

const items = [1, 2, 3].map((number) => itemOf(number));
const best = items.flatMap((item) => [
  preferenceOf(item.id, 'a', 'b'),
  preferenceOf(item.id, 'a', 'c'),
  preferenceOf(item.id, 'b', 'c'),
]);

describe('exportDataset', () => {
  it('writes TRL rows with exactly the columns of the explicit-prompt preference type', async () => {
    const { files } = await exportOf(items, best);
    const rows = rowsOf(files['train.jsonl']);
    expect(rows).toHaveLength(9);
    expect(rows[0]).toEqual({
      prompt: [{ role: 'user', content: items[0]!.prompt }],
      chosen: [{ role: 'assistant', content: items[0]!.candidates[0]!.text }],
      rejected: [{ role: 'assistant', content: items[0]!.candidates[1]!.text }],
    });
  });

  it('writes the provenance of each row to the sidecar, in the same order', async () => {
    const { files } = await exportOf(items, best);
    const sidecar = rowsOf(files['train.meta.jsonl']);
    expect(sidecar).toHaveLength(9);
    expect(sidecar[1]).toMatchObject({
      id: 'item-1:a>c',
      item: 'item-1',
      source: 'ai',
      probability: 0.9,
      models: ['gpt-x', 'gpt-x'],
    });
  });

  it('counts and lists every preference without a row', async () => {
    const broken = [
      itemOf(4, {
        prompt: [
          { role: 'user', content: 'hi' },
          { role: 'assistant', content: 'hello' },
        ],
      }),
      itemOf(5, {
        candidates: [
          { id: 'a', text: 'same  text' },
          { id: 'b', text: 'same text\n' },
        ],
      }),
      itemOf(6, {
        candidates: [
          { id: 'a', text: null },
          { id: 'b', text: 'x' },
        ],
      }),
      itemOf(7, {
        candidates: [
          { id: 'a', text: 'bad \ud800 half' },
          { id: 'b', text: 'x' },
        ],
      }),
      itemOf(8, {
        candidates: [
          { id: 'a', text: '  ' },
          { id: 'b', text: 'x' },
        ],
      }),
    ];
    const preferences = [
      ...broken.map((item) => preferenceOf(item.id, 'a', 'b')),
      preferenceOf('item-9', 'a', 'b'),
      preferenceOf('item-4', 'a', 'b', { status: 'ambiguous' }),
      preferenceOf('item-4', 'a', 'b', { probability: 0.6 }),
    ];
    const { outcome, files } = await exportOf(broken, preferences);
    expect(outcome.manifest.refused).toEqual({
      item_missing: 1,
      probability_below_threshold: 1,
      prompt_ends_with_assistant: 1,
      response_empty: 1,
      response_has_lone_surrogate: 1,
      response_text_missing: 1,
      responses_identical: 1,
      status_ambiguous: 1,
    });
    expect(rowsOf(files['refused.jsonl'])).toHaveLength(8);
  });

  it('stops on a failed MUST rule, writes nothing, and records an override by name', async () => {
    const divided = best.map((preference) => ({
      ...preference,
      votes: { ...preference.votes, for_chosen: 2, for_rejected: 2 },
    }));
    const refused = await exportOf(items, divided, { allow: [] });
    expect(refused.outcome).toMatchObject({ status: 'refused', failed: ['consistency'] });
    expect(refused.files).toEqual({});
    const allowed = await exportOf(items, divided, { allow: ['consistency'] });
    expect(allowed.outcome.manifest.overridden).toEqual(['consistency']);
    expect(allowed.files['README.md']).toContain('fail (overridden)');
  });

  it('makes reward rows with a margin that grows with the probability', async () => {
    const preferences = [0.7, 0.9, 1].map((probability, index) =>
      preferenceOf(`item-${index + 1}`, 'a', 'b', { probability }),
    );
    const { files } = await exportOf(items, preferences, { kind: 'reward' });
    const rows = rowsOf(files['train.jsonl']);
    expect(rows.map((row) => row.margin)).toEqual([Math.log(0.7 / (1 - 0.7)), Math.log(0.9 / (1 - 0.9)), 6]);
    expect(Object.keys(rows[0]!)).toEqual(['chosen', 'rejected', 'margin']);
  });

  it('derives KTO labels from candidates that win or lose all their pairs', async () => {
    const { files, outcome } = await exportOf(items, best, { kind: 'kto' });
    expect(rowsOf(files['train.jsonl']).map((row) => row.label)).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(outcome.manifest.refused).toEqual({ wins_and_loses: 3 });
  });

  it('uses the best of n for supervised rows, and none in a tie', async () => {
    const { files, outcome } = await exportOf(
      items,
      [...best.slice(0, 3), preferenceOf('item-2', 'a', 'c'), preferenceOf('item-2', 'b', 'c')],
      {
        kind: 'sft',
      },
    );
    expect(rowsOf(files['train.jsonl'])).toHaveLength(1);
    expect(outcome.manifest.refused).toEqual({ no_single_best: 1 });
  });

  it('keeps clusters and near-duplicate prompts in one split, also in a later export with more items', async () => {
    const many = Array.from({ length: 60 }, (_, index) => itemOf(index, { cluster: `c${index % 20}` }));
    const splits = [
      { name: 'train', share: 0.7 },
      { name: 'test', share: 0.3 },
    ];
    const placesOf = (files: Readonly<Record<string, string>>) =>
      new Map(
        ['train', 'test'].flatMap((split) =>
          rowsOf(files[`${split}.meta.jsonl`]).map((row) => [row.item as string, split] as const),
        ),
      );
    const preferences = many.map((item) => preferenceOf(item.id, 'a', 'b'));
    const first = placesOf((await exportOf(many.slice(0, 40), preferences.slice(0, 40), { splits })).files);
    const again = placesOf((await exportOf(many, preferences, { splits, previous: first })).files);
    for (const [item, split] of first) expect(again.get(item)).toBe(split);
    for (const item of many)
      expect(again.get(item.id)).toBe(again.get(many[Number(item.id.slice(5)) % 20]!.id));
    expect(new Set(first.values()).size).toBe(2);
  });

  it('excludes benchmark prompts, whole or inside a longer prompt', async () => {
    const benchmark =
      'the quick brown fox jumps over the lazy dog while thirteen owls keep watching from afar';
    const tainted = itemOf(1, {
      prompt: `Please translate this into French for me: ${benchmark}. Thanks a lot, and keep the style.`,
    });
    const { outcome } = await exportOf(
      [tainted, itemOf(2)],
      [preferenceOf('item-1', 'a', 'b'), preferenceOf('item-2', 'a', 'b')],
      {
        benchmark: (async function* () {
          yield benchmark;
        })(),
      },
    );
    expect(outcome.manifest.refused).toEqual({ prompt_in_benchmark: 1 });
    expect(outcome.manifest.rows).toEqual({ train: 1 });
  });

  it('gives equal content an equal hash', async () => {
    const [one, two, other] = [
      await exportOf(items, best),
      await exportOf(items, best),
      await exportOf(items, best.slice(1)),
    ];
    expect(one.outcome.manifest.content_hash).toBe(two.outcome.manifest.content_hash);
    expect(one.outcome.manifest.content_hash).not.toBe(other.outcome.manifest.content_hash);
  });
});

describe('findRow', () => {
  it('traces a row to its item, and explains where to find ids', async () => {
    const folder = tempFolder();
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ rows: { train: 2 } }));
    const line = (id: string) => `${JSON.stringify({ id, item: id.slice(0, 2) })}\n`;
    await writeFile(join(folder, 'train.meta.jsonl'), line('i1:a>b') + line('i2:b>a'));
    expect(await findRow(folder, 'i2:b>a')).toMatchObject({ split: 'train', line: 2, meta: { item: 'i2' } });
    await expect(findRow(folder, 'i3')).rejects.toThrow(/no row has the id "i3"/);
  });
});

describe('openTargetFolder', () => {
  it('rejects a folder with content, and replaces it only with permission and on commit', async () => {
    const folder = tempFolder();
    const target = join(folder, 'data');
    await mkdir(target);
    await writeFile(join(target, 'old.txt'), 'old');
    await expect(openTargetFolder(target, 'nothing')).rejects.toThrow(/not empty \(it has old\.txt\)/);
    await expect(openTargetFolder(target, 'exports')).rejects.toThrow(/no export wrote \(old\.txt\)/);
    const discarded = await openTargetFolder(target, 'anything');
    await writeFile(join(discarded.path, 'new.txt'), 'new');
    await discarded.discard();
    expect(await readdir(target)).toEqual(['old.txt']);
    const kept = await openTargetFolder(target, 'anything');
    await writeFile(join(kept.path, 'new.txt'), 'new');
    await kept.commit();
    expect(await readdir(target)).toEqual(['new.txt']);
    expect(await readdir(folder)).toEqual(['data']);
  });
});
