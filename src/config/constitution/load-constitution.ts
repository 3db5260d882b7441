import { checkArgument } from '../../domain/check-argument.ts';
import type { Constitution } from '../../domain/constitution.ts';
import { ConfigError, type Mistake } from '../../domain/errors.ts';
import { fileId } from '../rubric/load-rubric.ts';
import { checkYaml } from '../yaml/check-value.ts';
import { defined } from '../yaml/common-schema.ts';
import { repeatedIds } from '../yaml/mistakes.ts';
import { resolveNamed, unknownNamed } from '../yaml/shipped-files.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { constitutionSchema } from './constitution-schema.ts';

/**
 * Loads a constitution by path or by the id of a shipped one.
 * @param folder base of relative paths
 * @throws ConfigError with every mistake of the file
 * @example
 * const { principles } = await loadConstitution('honesty');
 */
export async function loadConstitution(name: string, folder: string = process.cwd()): Promise<Constitution> {
  checkArgument('name', name, 'name');
  const file = await resolveNamed(name, folder, 'constitutions');
  if (file === null) {
    const { message, hint } = await unknownNamed(name, 'constitutions');
    throw new ConfigError(message, [], { hint });
  }
  const mistakes: Mistake[] = [];
  const constitution = await readConstitution(file, mistakes);
  if (constitution === null || mistakes.length > 0)
    throw new ConfigError('the constitution cannot be used', mistakes);
  return constitution;
}

/** Reads a constitution file. @returns null if it is invalid, with all mistakes added to `mistakes` */
export async function readConstitution(file: string, mistakes: Mistake[]): Promise<Constitution | null> {
  const yaml = await readYamlFile(file, mistakes);
  if (yaml === null) return null;
  const written = checkYaml(yaml, constitutionSchema, mistakes);
  const repeated = repeatedIds(yaml, ['principles'], 'principle');
  mistakes.push(...repeated);
  if (written === undefined || repeated.length > 0) return null;
  const id = written.id ?? fileId(file);
  return { ...written, id, title: written.title ?? id, principles: written.principles.map(defined) };
}
