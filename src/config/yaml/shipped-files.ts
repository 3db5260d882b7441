import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closest } from './closest.ts';

export type ShippedFolder = 'rubrics' | 'constitutions' | 'schemas' | 'examples' | 'dist/widget';

/** Absolute path of a folder that comes with the package, from the sources and from the built files alike. */
export function shippedFolder(folder: ShippedFolder): string {
  let here = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(here, 'package.json'))) here = dirname(here);
  return join(here, folder);
}

/** Ids of the rubrics or constitutions that come with the package, sorted. */
export async function shippedIds(folder: 'rubrics' | 'constitutions'): Promise<readonly string[]> {
  const path = shippedFolder(folder);
  const names = existsSync(path) ? await readdir(path) : [];
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** A name with a slash or an ending is a path from `folder`; any other is the id of a shipped file, or null. */
export async function resolveNamed(
  name: string,
  folder: string,
  kind: 'rubrics' | 'constitutions',
): Promise<string | null> {
  if (/[\\/]|\.(ya?ml|json)$/i.test(name)) return resolve(folder, name);
  const ids = await shippedIds(kind);
  return ids.includes(name) ? join(shippedFolder(kind), `${name}.yaml`) : null;
}

/** Says that no shipped file has this id, and which ones there are. */
export async function unknownNamed(
  name: string,
  kind: 'rubrics' | 'constitutions',
): Promise<{ readonly message: string; readonly hint: string }> {
  const ids = await shippedIds(kind);
  const near = closest(name, ids);
  const what = kind === 'rubrics' ? 'rubric' : 'constitution';
  return {
    message: `no shipped ${what} is called "${name}"`,
    hint: `${near === undefined ? '' : `did you mean "${near}"? `}shipped: ${ids.join(', ')}; for a file of your own write its path (./${name}.yaml)`,
  };
}
