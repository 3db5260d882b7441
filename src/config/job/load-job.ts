import { dirname, resolve } from 'node:path';
import { checkArgument } from '../../domain/check-argument.ts';
import type { Mistake } from '../../domain/errors.ts';
import type { Environment } from '../../domain/expand-variables.ts';
import type { Job } from '../../domain/job.ts';
import type { Rubric } from '../../domain/rubric.ts';
import { checkYaml } from '../yaml/check-value.ts';
import { configErrorFrom } from '../yaml/mistakes.ts';
import { readYamlFile, type YamlFile } from '../yaml/yaml-file.ts';
import { asJob } from './as-job.ts';
import { checkJob } from './check-job.ts';
import { jobSchemaWith, type KnownParts } from './job-schema.ts';
import { loadReferences } from './load-references.ts';

/**
 * Loads a job file with the rubrics and constitutions it names; paths are relative to the file's folder.
 * API keys are not read here: a missing key is not a mistake of the file.
 * @param env values for `${NAME}` in `base_url` and `model`
 * @param known what the caller brings besides the shipped providers and formats.
 * @throws ConfigError with every mistake of all these files at once.
 * @example
 * const job = await loadJob('job.yaml');
 * const { report } = await runJob(job);
 */
export async function loadJob(
  file: string,
  env: Environment = process.env,
  known: KnownParts = {},
): Promise<Job> {
  checkArgument('file', file, 'name');
  const path = resolve(file);
  const mistakes: Mistake[] = [];
  const yaml = await readYamlFile(path, mistakes);
  if (yaml === null) throw configErrorFrom(mistakes);
  return readJob(yaml, path, { env, known, mistakes });
}

export interface JobSource {
  readonly env: Environment;
  readonly known: KnownParts;
  /** Those of the document so far. */
  readonly mistakes: Mistake[];
  /** Rubrics that are not files, by the name that the job gives them. */
  readonly rubrics?: ReadonlyMap<string, Rubric>;
}

/** A job from its parsed document. `path` is where the document is, or would be. */
export async function readJob(yaml: YamlFile, path: string, source: JobSource): Promise<Job> {
  const { env, known, mistakes, rubrics = new Map() } = source;
  const folder = dirname(path);
  const written = checkYaml(yaml, jobSchemaWith(known), mistakes);
  const references = await loadReferences(yaml, folder, mistakes, rubrics);
  mistakes.push(...(await checkJob(yaml, folder, env, references.rubrics, known)));
  if (written === undefined || mistakes.length > 0) throw configErrorFrom(mistakes);
  return asJob(path, folder, written, references, env, known.providers);
}
