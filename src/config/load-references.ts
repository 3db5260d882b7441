import type { Constitution } from '../domain/constitution.ts';
import type { Mistake } from '../domain/errors.ts';
import type { Rubric } from '../domain/rubric.ts';
import { valueAt } from './document-path.ts';
import { readConstitution } from './load-constitution.ts';
import { readRubric } from './load-rubric.ts';
import { mistakeAt } from './mistake-at.ts';
import { noSuchFile } from './no-such-file.ts';
import { resolveNamed } from './shipped-files.ts';
import { unknownNamed } from './unknown-named.ts';
import type { DocumentPath, YamlFile } from './yaml-file.ts';

/** The files that a job names, loaded; by the name as it is written in the job. */
export interface References {
  readonly rubrics: ReadonlyMap<string, Rubric>;
  readonly constitutions: ReadonlyMap<string, Constitution>;
}

/** Loads every rubric and constitution that a job names, also when the job itself is wrong, so that all mistakes show at once. */
export async function loadReferences(
  yaml: YamlFile,
  folder: string,
  mistakes: Mistake[],
): Promise<References> {
  const panel = valueAt(yaml.value, ['panel']);
  const judges = Array.isArray(panel)
    ? panel.map((_, index): DocumentPath => ['panel', index, 'rubric'])
    : [];
  const files = valueAt(yaml.value, ['constitution', 'files']);
  const constitutions: DocumentPath[] = [['constitution'], ['constitution', 'files']];
  if (Array.isArray(files)) constitutions.push(...files.map((_, index) => ['constitution', 'files', index]));
  return {
    rubrics: await loadNamed(yaml, [['rubric'], ...judges], 'rubrics', folder, readRubric, mistakes),
    constitutions: await loadNamed(yaml, constitutions, 'constitutions', folder, readConstitution, mistakes),
  };
}

async function loadNamed<T>(
  yaml: YamlFile,
  places: readonly DocumentPath[],
  kind: 'rubrics' | 'constitutions',
  folder: string,
  read: (file: string, mistakes: Mistake[]) => Promise<T | null>,
  mistakes: Mistake[],
): Promise<Map<string, T>> {
  const loaded = new Map<string, T>();
  const tried = new Set<string>();
  for (const place of places) {
    const name = valueAt(yaml.value, place);
    if (typeof name !== 'string' || name === '' || tried.has(name)) continue;
    tried.add(name);
    const file = await resolveNamed(name, folder, kind);
    if (file === null) {
      const { message, hint } = await unknownNamed(name, kind);
      mistakes.push(mistakeAt(yaml, place, message, hint));
      continue;
    }
    const missing = await noSuchFile(yaml, place, file);
    if (missing.length > 0) {
      mistakes.push(...missing);
      continue;
    }
    const value = await read(file, mistakes);
    if (value !== null) loaded.set(name, value);
  }
  return loaded;
}
