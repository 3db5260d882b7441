import { readdir } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Mistake } from '../../domain/errors.ts';
import { pathText, valueAt } from '../yaml/document-path.ts';
import { missingFile, mistakeAt } from '../yaml/mistakes.ts';
import type { DocumentPath, YamlFile } from '../yaml/yaml-file.ts';

const inputs = ['feedback', 'gaps', 'mix', 'benchmark'];

/** Checks of exports beyond the schema: target folders that would overwrite each other or other data, missing files. */
export async function checkExports(yaml: YamlFile, folder: string): Promise<readonly Mistake[]> {
  const entries = valueAt(yaml.value, ['export']);
  if (!Array.isArray(entries)) return [];
  const out = valueAt(yaml.value, ['out']);
  const results = resolve(folder, typeof out === 'string' ? out : 'out');
  const places = entries.map((_, index): DocumentPath => ['export', index]);
  const files = await Promise.all(places.map((place) => missingInputs(yaml, place, folder)));
  return [...(await checkTargets(yaml, results, places)), ...files.flat()];
}

async function checkTargets(
  yaml: YamlFile,
  results: string,
  places: readonly DocumentPath[],
): Promise<Mistake[]> {
  const mistakes: Mistake[] = [];
  const taken = new Map<string, DocumentPath>();
  for (const entry of places) {
    const place = [...entry, 'out'];
    const written = valueAt(yaml.value, place);
    if (typeof written !== 'string' || written === '') continue;
    const complain = (message: string, hint: string) =>
      mistakes.push(mistakeAt(yaml, place, `${pathText(place)} ${message}`, hint));
    const target = resolve(join(results, written));
    const other = [...taken].find(([known]) => isWithin(target, known) || isWithin(known, target));
    if (isAbsolute(written) || target === results || !isWithin(target, results)) {
      complain(
        `must be a folder inside ${results}, received ${JSON.stringify(written)}`,
        'each run rewrites the folder and deletes everything else in it',
      );
    } else if (other !== undefined) {
      const [known, by] = other;
      const what = known === target ? 'is also the folder of' : 'overlaps with the folder of';
      complain(`${what} ${pathText(by)}`, 'give each export its own folder');
    } else if (await hasForeignContent(target)) {
      complain(
        `names ${target}, which has content that no export wrote`,
        'name another folder: each run rewrites it and deletes everything else in it',
      );
    }
    taken.set(target, entry);
  }
  return mistakes;
}

function isWithin(path: string, folder: string): boolean {
  const inner = relative(folder, path);
  return inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner);
}

async function hasForeignContent(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return ['a file'];
    throw error;
  });
  return names.length > 0 && !names.includes('manifest.json');
}

async function missingInputs(yaml: YamlFile, entry: DocumentPath, folder: string): Promise<Mistake[]> {
  const named = inputs.flatMap((key): DocumentPath[] => {
    const place = [...entry, key];
    const value = valueAt(yaml.value, place);
    return Array.isArray(value) ? value.map((_, index) => [...place, index]) : [place];
  });
  const previous = [...entry, 'previous'];
  const sources = [
    ...named.map((place) => ({ place, file: '' })),
    { place: previous, file: 'manifest.json' },
  ];
  const found = await Promise.all(
    sources.map(async ({ place, file }) => {
      const written = valueAt(yaml.value, place);
      if (typeof written !== 'string' || written === '') return [];
      return missingFile(yaml, place, join(resolve(folder, written), file));
    }),
  );
  return found.flat();
}
