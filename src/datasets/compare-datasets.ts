import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../domain/errors.ts';
import { readRecords } from '../files/read-records.ts';
import type { DatasetManifest } from './manifest.ts';
import { sidecarFile } from './write-rows.ts';

/** Differences between two versions of a dataset, by row id. */
export interface DatasetDifference {
  readonly from: string;
  readonly to: string;
  readonly added: number;
  readonly removed: number;
  /** Pairs whose chosen response is now the rejected one. */
  readonly flipped: number;
  /** Rows that moved to another split. */
  readonly moved: number;
  readonly unchanged: number;
  readonly settings: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
  /** Up to ten ids of each kind of change. */
  readonly examples: Readonly<Record<'added' | 'removed' | 'flipped' | 'moved', readonly string[]>>;
}

const maxExamples = 10;

/** Compares two dataset folders by their sidecars; holds the ids of the older one in memory. */
export async function compareDatasets(before: string, after: string): Promise<DatasetDifference> {
  const [old, now] = await Promise.all([readManifest(before), readManifest(after)]);
  const splits = new Map<string, string>();
  for await (const { id, split } of idsOf(before, old)) splits.set(id, split);
  const counts = { added: 0, removed: 0, flipped: 0, moved: 0, unchanged: 0 };
  const examples: Record<'added' | 'removed' | 'flipped' | 'moved', string[]> = {
    added: [],
    removed: [],
    flipped: [],
    moved: [],
  };
  const count = (change: keyof typeof examples, id: string): void => {
    counts[change] += 1;
    if (examples[change].length < maxExamples) examples[change].push(id);
  };
  for await (const { id, mirror, split } of idsOf(after, now)) {
    const known = splits.get(id);
    splits.delete(id);
    if (known === split) counts.unchanged += 1;
    else if (known !== undefined) count('moved', id);
    else if (mirror !== null && splits.delete(mirror)) count('flipped', id);
    else count('added', id);
  }
  for (const id of splits.keys()) count('removed', id);
  return { from: old.content_hash, to: now.content_hash, ...counts, settings: changed(old, now), examples };
}

export async function readManifest(folder: string): Promise<DatasetManifest> {
  const file = join(folder, 'manifest.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DatasetManifest;
  } catch (cause) {
    throw new InputError(file, null, 'cannot be read', {
      cause,
      hint: 'name a folder that `quorate export` wrote',
    });
  }
}

async function* idsOf(
  folder: string,
  manifest: DatasetManifest,
): AsyncGenerator<{ readonly id: string; readonly mirror: string | null; readonly split: string }> {
  for (const split of Object.keys(manifest.rows)) {
    for await (const { record } of readRecords(join(folder, sidecarFile(split)))) {
      const [chosen, rejected] = record.candidates as readonly string[];
      const id = String(record.id);
      const forward = `${chosen}>${rejected}`;
      yield { id, mirror: id.includes(forward) ? id.replace(forward, `${rejected}>${chosen}`) : null, split };
    }
  }
}

function changed(old: DatasetManifest, now: DatasetManifest): DatasetDifference['settings'] {
  const before = {
    ...old.settings,
    kind: old.kind,
    format: old.format,
    code_version: old.code_version,
    ...old.origin,
  };
  const after = {
    ...now.settings,
    kind: now.kind,
    format: now.format,
    code_version: now.code_version,
    ...now.origin,
  };
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const pairs = [...keys].map((key) => [key, [before[key as never], after[key as never]]] as const);
  return Object.fromEntries(pairs.filter(([, [a, b]]) => JSON.stringify(a) !== JSON.stringify(b)));
}
