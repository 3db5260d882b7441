import { access } from 'node:fs/promises';
import type { Mistake } from '../../domain/errors.ts';
import { pathText } from './document-path.ts';
import { mistakeAt } from './mistake-at.ts';
import type { DocumentPath, YamlFile } from './yaml-file.ts';

/** The mistake of naming a file that is not there, at the place where it is named; empty when it is there. */
export async function noSuchFile(yaml: YamlFile, place: DocumentPath, path: string): Promise<Mistake[]> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) return [];
  const message = `${pathText(place)}: there is no file ${path}`;
  return [mistakeAt(yaml, place, message, 'paths start from the folder of the file that names them')];
}
