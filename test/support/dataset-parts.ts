import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExportOutcome, type ExportRequest, exportDataset } from '../../src/datasets/export-dataset.ts';
import type { Item } from '../../src/domain/item.ts';
import type { Preference } from '../../src/domain/preference.ts';
import { tempFolder } from './temp-folder.ts';

/** An item whose three candidates are of falling length. */
export function itemOf(number: number, more: Partial<Item> = {}): Item {
  return {
    id: `item-${number}`,
    prompt: `Question number ${number}: which of the ${number} roads leads to the town of letter ${number}?`,
    candidates: [
      {
        id: 'a',
        text: `The road called ${number} leads there, past the mill and over the bridge.`,
        model: 'gpt-x',
      },
      { id: 'b', text: `Take path ${number}.`, model: 'llama-x' },
      { id: 'c', text: `No idea ${number}`, model: 'gpt-x' },
    ],
    category: number % 2 === 0 ? 'roads' : 'towns',
    ...more,
  };
}

export function preferenceOf(
  item: string,
  chosen: string,
  rejected: string,
  more: Partial<Preference> = {},
): Preference {
  return {
    item,
    pair: [chosen, rejected].sort() as [string, string],
    chosen,
    rejected,
    probability: 0.9,
    status: 'accepted',
    basis: 'calibrated',
    reasons: [],
    votes: { for_chosen: 4, for_rejected: 0, tie: 0, abstain: 0, error: 0, flipped: 0 },
    sources: { llm: { probability: 0.9, votes: 4 } },
    ...more,
  };
}

/** Runs an export of given records in a scratch folder. */
export async function exportOf(
  items: readonly unknown[],
  preferences: readonly unknown[],
  more: Partial<ExportRequest> = {},
): Promise<{ readonly outcome: ExportOutcome; readonly files: Readonly<Record<string, string>> }> {
  const folder = tempFolder();
  const jsonl = (records: readonly unknown[]) =>
    records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await writeFile(join(folder, 'items.jsonl'), jsonl(items));
  await writeFile(join(folder, 'preferences.jsonl'), jsonl(preferences));
  const out = join(folder, 'out');
  const outcome = await exportDataset({
    inputs: { preferences: join(folder, 'preferences.jsonl'), items: join(folder, 'items.jsonl') },
    out,
    kind: 'preference',
    format: 'trl',
    container: 'jsonl',
    replace: 'nothing',
    splits: [{ name: 'train', share: 1 }],
    seed: 0,
    minProbability: 0.7,
    pii: 'redact',
    allow: ['*'],
    title: 'Test',
    license: 'other',
    origin: {},
    codeVersion: '0',
    ...more,
  });
  const names = outcome.status === 'written' ? await readdir(out) : [];
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(join(out, name), 'utf8')]));
  return { outcome, files: Object.fromEntries(texts) as Record<string, string> };
}

export function rowsOf(text: string | undefined): readonly Record<string, unknown>[] {
  return (text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
