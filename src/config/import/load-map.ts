import type { z } from 'zod';
import { ConfigError, type Mistake } from '../../domain/errors.ts';
import { checkYaml } from '../yaml/check-value.ts';
import { configErrorFrom, mistakeAt } from '../yaml/mistakes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';

/** A map from a file, and how a mistake that only the data shows is reported at its line. */
export interface LoadedMap<T> {
  readonly value: T;
  mistakeAt(place: readonly PropertyKey[], message: string, hint?: string): Mistake;
}

/** @throws ConfigError with every mistake of the file */
export async function loadMap<S extends z.ZodType>(file: string, schema: S): Promise<LoadedMap<z.output<S>>> {
  const mistakes: Mistake[] = [];
  const yaml = await readYamlFile(file, mistakes);
  const value = yaml === null ? undefined : checkYaml(yaml, schema, mistakes);
  if (yaml === null || value === undefined || mistakes.length > 0) {
    throw mistakes.length > 0 ? configErrorFrom(mistakes) : new ConfigError('the map cannot be used');
  }
  return { value, mistakeAt: (place, message, hint) => mistakeAt(yaml, place, message, hint) };
}
