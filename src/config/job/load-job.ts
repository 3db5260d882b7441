import { dirname, resolve } from 'node:path';
import type { Mistake } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import type { Providers } from '../../ports/provider.ts';
import { checkYaml } from '../yaml/check-yaml.ts';
import type { Environment } from '../yaml/expand-variables.ts';
import { configErrorFrom } from '../yaml/mistakes.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { asJob } from './as-job.ts';
import { checkJob } from './check-job.ts';
import { jobSchemaWith } from './job-schema.ts';
import { loadReferences } from './load-references.ts';

/**
 * Loads a job file with the rubrics and constitutions it names; relative paths start from the file's folder.
 * Keys are not looked up here: a missing key is no mistake of the file.
 * @param env replaces `${NAME}` in `base_url` and `model`.
 * @param providers the shipped ones unless the caller brings more.
 * @throws ConfigError with every mistake of all these files at once.
 */
export async function loadJob(
  file: string,
  env: Environment = process.env,
  providers?: Providers,
): Promise<Job> {
  const path = resolve(file);
  const mistakes: Mistake[] = [];
  const yaml = await readYamlFile(path, mistakes);
  if (yaml === null) throw configErrorFrom(mistakes);
  const folder = dirname(path);
  const written = checkYaml(yaml, jobSchemaWith(providers), mistakes);
  const references = await loadReferences(yaml, folder, mistakes);
  mistakes.push(...(await checkJob(yaml, folder, env, references.rubrics, providers)));
  if (written === undefined || mistakes.length > 0) throw configErrorFrom(mistakes);
  return asJob(path, folder, written, references, env, providers);
}
