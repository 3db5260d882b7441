import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../domain/errors.ts';

const dataFile = /\.(jsonl|ndjson|json|csv|tsv|parquet|eval)(\.gz|\.zst|\.zip)?$/i;
const describing = /^(dataset_infos?|README|package(-lock)?|state|manifest)\b.*\.json$/i;

/**
 * The data files of a path: itself, or where it is a folder those below it in the order of their names, as a data set
 * of Hugging Face lies on disk (`data/train-00000-of-00001.parquet`).
 * @throws InputError for a folder without data
 */
export async function dataFilesOf(path: string): Promise<readonly string[]> {
  if (path === '-' || !(await stat(path).catch(() => null))?.isDirectory()) return [path];
  const found: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory() && depth < 3) await walk(join(folder, entry.name), depth + 1);
      else if (entry.isFile() && dataFile.test(entry.name) && !describing.test(entry.name))
        found.push(join(folder, entry.name));
    }
  };
  await walk(path, 0);
  if (found.length === 0) {
    throw new InputError(path, null, 'the folder holds no data file', {
      hint: 'JSONL, JSON, CSV, TSV or Parquet, packed or not',
    });
  }
  return found;
}
