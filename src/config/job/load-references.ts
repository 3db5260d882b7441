import type { Constitution } from '../../domain/constitution.ts';
import type { Mistake } from '../../domain/errors.ts';
import type { Rubric } from '../../domain/rubric.ts';
import { readConstitution } from '../constitution/load-constitution.ts';
import { readRubric } from '../rubric/load-rubric.ts';
import { pathText, valueAt } from '../yaml/document-path.ts';
import { missingFile, mistakeAt } from '../yaml/mistakes.ts';
import { resolveNamed, unknownNamed } from '../yaml/shipped-files.ts';
import type { DocumentPath, YamlFile } from '../yaml/yaml-file.ts';

/** The rubrics and constitutions that a job names, by the name as written in the job. */
export interface References {
  readonly rubrics: ReadonlyMap<string, Rubric>;
  readonly constitutions: ReadonlyMap<string, Constitution>;
}

/** Loads every rubric and constitution that a job names, even if the job is invalid, to report all mistakes at once. */
export async function loadReferences(
  yaml: YamlFile,
  folder: string,
  mistakes: Mistake[],
  given: ReadonlyMap<string, Rubric> = new Map(),
): Promise<References> {
  const panel = valueAt(yaml.value, ['panel']);
  const judges = Array.isArray(panel)
    ? panel.map((_, index): DocumentPath => ['panel', index, 'rubric'])
    : [];
  const files = valueAt(yaml.value, ['constitution', 'files']);
  const listed = Array.isArray(files)
    ? files.map((_, index): DocumentPath => ['constitution', 'files', index])
    : [];
  const places: DocumentPath[] = [['constitution'], ['constitution', 'files'], ...listed];
  const rubrics = await loadNamed(
    yaml,
    [['rubric'], ...judges],
    'rubrics',
    folder,
    readRubric,
    mistakes,
    given,
  );
  const constitutions = await loadNamed(yaml, places, 'constitutions', folder, readConstitution, mistakes);
  mistakes.push(...repeatedConstitutions(yaml, listed, constitutions));
  return { rubrics, constitutions };
}

/** Raters are named after their constitution, so two constitutions with one id would overwrite each other's votes. */
function repeatedConstitutions(
  yaml: YamlFile,
  places: readonly DocumentPath[],
  constitutions: ReadonlyMap<string, Constitution>,
): Mistake[] {
  const seen = new Set<string>();
  return places.flatMap((place) => {
    const id = constitutions.get(String(valueAt(yaml.value, place)))?.id;
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    const message = `${pathText(place)} has the id "${id}" of an earlier constitution`;
    return [mistakeAt(yaml, place, message, 'name each constitution once, and give each its own id')];
  });
}

async function loadNamed<T>(
  yaml: YamlFile,
  places: readonly DocumentPath[],
  kind: 'rubrics' | 'constitutions',
  folder: string,
  read: (file: string, mistakes: Mistake[]) => Promise<T | null>,
  mistakes: Mistake[],
  given: ReadonlyMap<string, T> = new Map(),
): Promise<Map<string, T>> {
  const loaded = new Map<string, T>(given);
  const tried = new Set<string>(given.keys());
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
    const missing = await missingFile(yaml, place, file);
    if (missing.length > 0) {
      mistakes.push(...missing);
      continue;
    }
    const value = await read(file, mistakes);
    if (value !== null) loaded.set(name, value);
  }
  return loaded;
}
