import { access } from 'node:fs/promises';
import { ConfigError, type Mistake } from '../../domain/errors.ts';
import { pathText, valueAt } from './document-path.ts';
import { hideKeys } from './written-keys.ts';
import type { DocumentPath, Position, YamlFile } from './yaml-file.ts';

/** A mistake at a path of a file. Everything that looks like a key is hidden in its message. */
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

/** One mistake for each entry of the list at `path` that repeats the `id` of an earlier entry. */
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
        'ids must be unique',
      ),
    ];
  });
}

/** A mistake at `place` if the file named there does not exist; otherwise empty. */
export async function missingFile(yaml: YamlFile, place: DocumentPath, path: string): Promise<Mistake[]> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) return [];
  const message = `${pathText(place)}: there is no file ${path}`;
  return [mistakeAt(yaml, place, message, 'paths are relative to the folder of the file that contains them')];
}

/** One error with all mistakes, ordered by file and position. */
export function configErrorFrom(mistakes: readonly Mistake[]): ConfigError {
  const sorted = [...mistakes].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column,
  );
  const count = sorted.length === 1 ? '1 mistake' : `${sorted.length} mistakes`;
  return new ConfigError(`${count}; nothing was started`, sorted);
}
