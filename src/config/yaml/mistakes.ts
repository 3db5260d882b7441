import { access } from 'node:fs/promises';
import { ConfigError, type Mistake } from '../../domain/errors.ts';
import { pathText, valueAt } from './document-path.ts';
import { hideKeys } from './written-keys.ts';
import type { DocumentPath, Position, YamlFile } from './yaml-file.ts';

/** A mistake at a place of a file; what looks like a key is never repeated. */
export function mistakeAt(
  yaml: YamlFile,
  path: DocumentPath,
  message: string,
  hint?: string,
  position: Position = yaml.positionOf(path),
): Mistake {
  return {
    file: yaml.file,
    ...position,
    path: hideKeys(pathText(path)),
    message: hideKeys(message),
    ...(hint === undefined ? {} : { hint: hideKeys(hint) }),
  };
}

/** One mistake for every entry of the list at `path` whose `id` an earlier entry has already. */
export function repeatedIds(yaml: YamlFile, path: DocumentPath, what: string): Mistake[] {
  const list = valueAt(yaml.value, path);
  if (!Array.isArray(list)) return [];
  const seen = new Set<unknown>();
  return list.flatMap((entry, index) => {
    const id = valueAt(entry, ['id']);
    if (id === undefined || !seen.has(id)) {
      seen.add(id);
      return [];
    }
    const place = [...path, index, 'id'];
    return [
      mistakeAt(
        yaml,
        place,
        `${pathText(place)} "${id}" is already the id of another ${what}`,
        'every id is used once',
      ),
    ];
  });
}

/** The mistake of naming a file that is not there, at the place where it is named; empty when it is there. */
export async function missingFile(yaml: YamlFile, place: DocumentPath, path: string): Promise<Mistake[]> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) return [];
  const message = `${pathText(place)}: there is no file ${path}`;
  return [mistakeAt(yaml, place, message, 'paths start from the folder of the file that names them')];
}

/** The error that tells all mistakes, in the order in which they stand. */
export function configErrorFrom(mistakes: readonly Mistake[]): ConfigError {
  const sorted = [...mistakes].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
  );
  const count = sorted.length === 1 ? '1 mistake' : `${sorted.length} mistakes`;
  return new ConfigError(`${count}; nothing was started`, sorted);
}
