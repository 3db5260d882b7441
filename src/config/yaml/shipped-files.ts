import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closest } from './closest.ts';

/** A folder of the package. */
export type ShippedFolder = 'rubrics' | 'constitutions' | 'schemas' | 'examples' | 'dist/widget';

/** Absolute path of a folder of the package, whether it runs from source or built. */
export function shippedFolder(folder: ShippedFolder): string {
  let here = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(here, 'package.json'))) here = dirname(here);
  return join(here, folder);
}

/** Ids of the shipped rubrics or constitutions, sorted. */
export async function shippedIds(folder: 'rubrics' | 'constitutions'): Promise<readonly string[]> {
  const path = shippedFolder(folder);
  const names = existsSync(path) ? await readdir(path) : [];
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/**
 * Absolute path of a rubric or constitution. A name with a slash or a file extension is a path relative to `folder`;
 * any other name is the id of a shipped file.
 * @returns null if no shipped file has the id
 */
export async function resolveNamed(
  name: string,
  folder: string,
  kind: 'rubrics' | 'constitutions',
): Promise<string | null> {
  if (/[\\/]|\.(ya?ml|json)$/i.test(name)) return resolve(folder, name);
  const ids = await shippedIds(kind);
  return ids.includes(name) ? join(shippedFolder(kind), `${name}.yaml`) : null;
}

/** The message and hint for an unknown id of a shipped file. */
export async function unknownNamed(
  name: string,
  kind: 'rubrics' | 'constitutions',
): Promise<{ readonly message: string; readonly hint: string }> {
  const ids = await shippedIds(kind);
  const near = closest(name, ids);
  const what = kind === 'rubrics' ? 'rubric' : 'constitution';
  return {
    message: `no shipped ${what} has the id "${name}"`,
    hint: `${near === undefined ? '' : `did you mean "${near}"? `}shipped: ${ids.join(', ')}; to use your own file, write its path (./${name}.yaml)`,
  };
}
