import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { ConfigError, type Mistake } from '../../domain/errors.ts';
import type { ImportMap } from '../../domain/import-map.ts';
import { checkYaml } from '../yaml/check-value.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { type FeedbackSettings, feedbackSchema } from './feedback-schema.ts';
import { importMapSchema } from './import-map-schema.ts';

/** Default name of the settings file. */
export const feedbackSettingsFile = 'feedback.yaml';

/**
 * The settings of the feedback loop, from the named file, otherwise from feedback.yaml if it exists, otherwise the
 * defaults.
 * @throws ConfigError with every mistake of the file
 */
export async function loadFeedbackSettings(
  name: string | undefined,
  folder: string,
): Promise<FeedbackSettings> {
  const file = resolve(folder, name ?? feedbackSettingsFile);
  if (name === undefined && !existsSync(file)) return feedbackSchema.parse({});
  return load(file, feedbackSchema, 'the feedback settings cannot be used');
}

/** Loads an import map: how table columns become feedback. @throws ConfigError with every mistake of the file */
export async function loadImportMap(name: string, folder: string): Promise<ImportMap> {
  return load(resolve(folder, name), importMapSchema, 'the map cannot be used');
}

async function load<S extends z.ZodType>(file: string, schema: S, failure: string): Promise<z.output<S>> {
  const mistakes: Mistake[] = [];
  const yaml = await readYamlFile(file, mistakes);
  const settings = yaml === null ? undefined : checkYaml(yaml, schema, mistakes);
  if (settings === undefined || mistakes.length > 0) throw new ConfigError(failure, mistakes);
  return settings;
}
